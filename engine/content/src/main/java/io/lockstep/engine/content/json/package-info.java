/**
 * JSON bodies: simple JSONPaths in one pass over the bytes, all others, JMESPath and JSON Schema by
 * libraries on a tree that is built when first needed. Jackson, Jayway JsonPath, jmespath-java and
 * the schema validator stay here.
 */
package io.lockstep.engine.content.json;
