package dev.octosts.app.audit;

import static dev.octosts.app.audit.TestExchanges.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.ExchangeEvent;
import dev.octosts.api.ExchangeEvent.Actor;
import dev.octosts.api.Problem;
import dev.octosts.api.ProblemCode;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditRecordsTest {

    @Test
    void the_texts_of_strangers_are_bounded_and_plain() {
        var hostile = event(
                "r\u0000\n" + "\ud800",
                new Actor("https://x\u202e", "s".repeat(5_000), List.of(new ExchangeEvent.Claim("c\u0007", "v\ud800"))),
                "",
                new Problem(ProblemCode.PERMISSION_DENIED, "no\u0000"));

        AuditRecord record = AuditRecords.of(hostile);

        assertThat(record.texts())
                .allSatisfy(text -> assertThat(text.codePoints())
                        .allMatch(code -> code >= ' ' && (code < 0xd800 || code > 0xdfff)));
        assertThat(record.caller().subject().length()).isLessThanOrEqualTo(1_100);
    }
}
