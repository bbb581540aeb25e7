package io.lockstep.scenario.plan;

/** Names that AWS Signature Version 4 gives to headers, and the service that has one more. */
public final class AwsHeaders {
  /** The time of the signature. */
  public static final String DATE = "X-Amz-Date";

  /** Digest of the body. */
  public static final String CONTENT_DIGEST = "X-Amz-Content-Sha256";

  /** Token of a temporary key. */
  public static final String TOKEN = "X-Amz-Security-Token";

  /** Has the digest of the body in a header, and signs paths as they are. */
  public static final String S3 = "s3";

  private AwsHeaders() {}
}
