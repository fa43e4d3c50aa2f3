package dev.octosts.api.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.octosts.api.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrpcMessagesTest {

    private static final HexFormat HEX = HexFormat.of();

    private static String hex(String text) {
        return HEX.formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void reads_an_exchange_as_the_sdk_writes_it() throws GrpcFault {
        // aud, scope, identity, cap, include_upstream_token, identity_provider, in the order of their numbers
        var message = "0a03" + hex("aud") + "1203" + hex("o/r") + "2202" + hex("ci") + "2a03" + hex("cap") + "3001"
                + "3a03" + hex("idp");

        assertThat(ExchangeCall.parse(HEX.parseHex(message))).isEqualTo(new ExchangeCall("o/r", "ci"));
    }

    @Test
    void reads_what_it_writes() throws GrpcFault {
        var call = new ExchangeCall("owner", List.of("o/r", ""), "ci");
        var token = new RawToken("ghs_" + "x".repeat(500), Optional.of(Instant.parse("2026-11-29T12:00:00.5Z")));

        assertThat(ExchangeCall.parse(call.toBytes())).isEqualTo(call);
        assertThat(RawToken.parse(token.toBytes())).isEqualTo(token);
        assertThat(RawToken.parse(new byte[0])).isEqualTo(new RawToken("", Optional.empty()));
        assertThat(token.toString()).doesNotContain("ghs_");
    }

    @Test
    void writes_a_token_as_the_reference_describes_it() {
        var token = new RawToken("t", Optional.of(Instant.ofEpochSecond(1, 2)));

        assertThat(HEX.formatHex(token.toBytes())).isEqualTo("0a0174" + "1a04" + "0801" + "1002");
    }

    @Test
    void takes_the_last_of_several_values_of_one_text() throws GrpcFault {
        assertThat(ExchangeCall.parse(HEX.parseHex("120161120162")).scope()).isEqualTo("b");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "a tag without an end,ff",
        "a length without an end,12ff",
        "a length beyond the end,120561",
        "a length of 2 GiB,12ffffffff07",
        "a negative length,12ffffffffffffffffff01",
        "a number that is too long,30ffffffffffffffffffff01",
        "a field with the number 0,0001",
        "a tag of more than 32 bits,828080808010",
        "a group,0b0c",
        "an unknown wire type,0f",
        "half a fixed number,0d00",
        "another wire type than that of the field,1000",
        "text that is not UTF-8,1201ff",
    })
    void refuses(String what, String message) {
        byte[] bytes = HEX.parseHex(message);

        var fault = catchThrowableOfType(GrpcFault.class, () -> ExchangeCall.parse(bytes));

        assertThat(fault.problem().code()).as(what).isEqualTo(ProblemCode.INTERNAL);
    }

    @Test
    void knows_the_messages_of_the_health_service() throws GrpcFault {
        assertThat(HealthMessages.service(HEX.parseHex("0a0161"))).isEqualTo("a");
        assertThat(HealthMessages.service(new byte[0])).isEmpty();
        assertThat(HEX.formatHex(HealthMessages.status(HealthMessages.Status.SERVING)))
                .isEqualTo("0801");
        assertThat(HEX.formatHex(HealthMessages.list(HealthMessages.Status.NOT_SERVING)))
                .isEqualTo("0a04" + "1202" + "0802");
    }

    @Test
    @Tag("property")
    void reads_or_refuses_whatever_bytes_come() {
        var random = new Random(29);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            try {
                ExchangeCall.parse(bytes);
                RawToken.parse(bytes);
                HealthMessages.service(bytes);
            } catch (GrpcFault fault) {
                assertThat(fault.problem().code()).as(HEX.formatHex(bytes)).isEqualTo(ProblemCode.INTERNAL);
            }
        }
    }
}
