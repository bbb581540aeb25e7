package io.lockstep.scenario.model;

import io.lockstep.scenario.expression.SourceTemplate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How a request says who asks. Each part may be a template, and then have secrets in it. */
public sealed interface Auth {
  /** Its texts, in the order of its parts. */
  List<SourceTemplate> parts();

  /** It does not, whatever the file says of all requests. */
  record None() implements Auth {
    @Override
    public List<SourceTemplate> parts() {
      return List.of();
    }
  }

  /** User and password (RFC 7617). */
  record Basic(SourceTemplate user, SourceTemplate password) implements Auth {
    @Override
    public List<SourceTemplate> parts() {
      return List.of(user, password);
    }
  }

  /** User and password, shown to answer a challenge (RFC 7616). */
  record Digest(SourceTemplate user, SourceTemplate password) implements Auth {
    @Override
    public List<SourceTemplate> parts() {
      return List.of(user, password);
    }
  }

  /** A token (RFC 6750). */
  record Bearer(SourceTemplate token) implements Auth {
    @Override
    public List<SourceTemplate> parts() {
      return List.of(token);
    }
  }

  /** A key in a header of this name. */
  record HeaderKey(String header, SourceTemplate key) implements Auth {
    @Override
    public List<SourceTemplate> parts() {
      return List.of(key);
    }
  }

  /** A key in a parameter of the query. */
  record QueryKey(String parameter, SourceTemplate key) implements Auth {
    @Override
    public List<SourceTemplate> parts() {
      return List.of(key);
    }
  }

  /**
   * A signature of the whole request, AWS Signature Version 4.
   *
   * @param accessKey names the key
   * @param secretKey signs
   * @param sessionToken of keys that are temporary
   * @param region of the service
   * @param service such as {@code s3}
   */
  record AwsSignature(
      SourceTemplate accessKey,
      SourceTemplate secretKey,
      Optional<SourceTemplate> sessionToken,
      String region,
      String service)
      implements Auth {
    @Override
    public List<SourceTemplate> parts() {
      return Stream.concat(Stream.of(accessKey, secretKey), sessionToken.stream()).toList();
    }
  }
}
