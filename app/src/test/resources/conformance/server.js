'use strict';
// What the conformance suite asks of Node: its own http, https and http2 modules, with files of a directory.
const fs = require('fs');
const http = require('http');
const http2 = require('http2');
const path = require('path');
const zlib = require('zlib');

const root = '@ROOT@';
const most = 100000;
const limits = { maxHeaderSize: 8192, keepAliveTimeout: 20000 };
const pair = { cert: fs.readFileSync('@CERTIFICATE@'), key: fs.readFileSync('@KEY@') };

function coded(request, response, content) {
  const wanted = request.headers['accept-encoding'];
  const coding = content.length > 5000 && { gzip: zlib.gzipSync, br: zlib.brotliCompressSync }[wanted];
  if (coding) {
    response.setHeader('Content-Encoding', wanted);
    return coding(content);
  }
  return content;
}

function file(request, response, name) {
  const where = path.join(root, path.basename(name));
  if (!fs.existsSync(where)) {
    response.writeHead(404);
    response.end('none');
  } else if (request.headers['if-none-match']) {
    response.writeHead(304, { ETag: '"one"' });
    response.end();
  } else {
    const content = coded(request, response, fs.readFileSync(where));
    response.setHeader('Content-Length', content.length);
    response.writeHead(200, { 'Content-Type': 'text/plain' });
    response.end(request.method === 'HEAD' ? undefined : content);
  }
}

function chunked(response) {
  const content = fs.readFileSync(path.join(root, 'plain.txt'));
  response.writeHead(200, { 'Content-Type': 'text/plain' });
  for (let at = 0; at < content.length; at += 300) {
    response.write(content.subarray(at, at + 300));
  }
  response.end();
}

function upload(request, response) {
  if (Number(request.headers['content-length']) > most) {
    request.resume();
    response.writeHead(413);
    response.end('too large');
    return;
  }
  let length = 0;
  request.on('data', (part) => { length += part.length; });
  request.on('end', () => {
    response.writeHead(200, { 'Content-Type': 'text/plain' });
    response.end('taken ' + length);
  });
}

function answer(request, response) {
  if (request.url === '/empty') {
    response.writeHead(204);
    response.end();
  } else if (request.url === '/chunked') {
    chunked(response);
  } else if (request.url === '/upload') {
    upload(request, response);
  } else {
    file(request, response, request.url);
  }
}

http.createServer(limits, answer).listen(@PLAIN@, '127.0.0.1');
const limited = http.createServer(limits, answer);
limited.maxRequestsPerSocket = 5;
limited.listen(@LIMITED@, '127.0.0.1');
http2.createServer(answer).listen(@CLEAR2@, '127.0.0.1');
http2.createSecureServer({ ...pair, ...limits, allowHTTP1: true }, answer).listen(@SECURE@, '127.0.0.1');
