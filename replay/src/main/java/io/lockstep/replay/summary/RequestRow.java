package io.lockstep.replay.summary;

import java.math.BigDecimal;
import java.util.List;

/**
 * One request name.
 *
 * @param name its scenario's and its own where the plan has several scenarios
 * @param issued so many
 * @param rate issued per second of the run, three decimals
 * @param responses complete ones, whatever their status
 * @param errors failures and statuses of 400 or above
 * @param failures by kind, in the order of their codes; only those that were
 * @param badStatuses statuses of 400 or above, ascending; only those that were
 * @param bytesSent of its requests
 * @param bytesReceived of its responses
 * @param service last byte minus send
 * @param response last byte minus intended start
 */
public record RequestRow(
    String name,
    long issued,
    BigDecimal rate,
    long responses,
    long errors,
    List<Counted> failures,
    List<Counted> badStatuses,
    long bytesSent,
    long bytesReceived,
    Quantiles service,
    Quantiles response) {
  public RequestRow {
    failures = List.copyOf(failures);
    badStatuses = List.copyOf(badStatuses);
  }

  /** The same under another name. */
  RequestRow named(final String newName) {
    return new RequestRow(
        newName,
        issued,
        rate,
        responses,
        errors,
        failures,
        badStatuses,
        bytesSent,
        bytesReceived,
        service,
        response);
  }
}
