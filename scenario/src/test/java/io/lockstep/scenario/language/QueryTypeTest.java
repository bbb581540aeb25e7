package io.lockstep.scenario.language;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lockstep.scenario.plan.QueryLanguage;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QueryTypeTest {
  @Test
  void shouldPutBeforeAJsonPathWhatOthersLeaveOut() {
    final QueryType type = new QueryType(QueryLanguage.JSON_PATH);
    assertEquals(Optional.of("$.items[0].id"), type.meant("items[0].id"));
    assertEquals(Optional.of("$[0].id"), type.meant("[0].id"));
    assertEquals(Optional.empty(), type.meant("$.items["));
    assertEquals(Optional.empty(), new QueryType(QueryLanguage.REGEX).meant("items"));
  }
}
