package dev.octosts.probers.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.probers.ExchangeAnswer.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportTextTest {

    private static ProbeReport report(CheckOutcome outcome) {
        var result = new ProbeReport.CheckResult(ProbeCheck.EXCHANGE, outcome, Duration.ofMillis(5));
        return new ProbeReport(Round.POSITIVE, Instant.EPOCH, Duration.ofMillis(5), 1, List.of(result));
    }

    @Test
    void says_under_which_id_the_service_knows_a_refusal() {
        var report = report(CheckOutcome.Failed.refused("refused", new Refused(7, "no", 403, Optional.of("3f2a"))));
        assertThat(ReportText.lines(report))
                .contains("refused: rpc error: code = PermissionDenied desc = no (request 3f2a)");
        assertThat(check(report)).contains("\"request_id\":\"3f2a\"");
    }

    @Test
    void has_no_field_for_an_id_that_there_is_not() {
        var report = report(CheckOutcome.Failed.refused("refused", new Refused(7, "no", 403)));
        assertThat(ReportText.lines(report)).doesNotContain("(request");
        assertThat(check(report)).doesNotContain("request_id");
    }

    private static String check(ProbeReport report) {
        return ReportText.json(report).getJsonArray("checks").getJsonObject(0).toString();
    }
}
