package dev.octosts.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.http.encoding.ContentEncodingContext;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StreamTest extends OperatorsFixture {

    @Override
    Optional<OperatorPorts.Stream> stream() {
        return Optional.of(new OperatorPorts.Stream(
                rules -> rules.post(
                        "/services/collector",
                        (request, response) ->
                                response.send("read " + request.content().as(byte[].class).length)),
                ContentEncodingContext.create(),
                100_000));
    }

    @Test
    void has_longer_bodies_and_opens_no_other_door() {
        assertThat(send("POST", "/services/collector", "x".repeat(90_000)).body())
                .isEqualTo("read 90000");
        assertThat(send("POST", "/services/collector", "x".repeat(110_000)).statusCode())
                .isEqualTo(413);
        assertThat(send("POST", "/services/collector/more", "x").statusCode()).isEqualTo(404);
        assertThat(send("POST", "/api/deny", "x".repeat(90_000), "Authorization", bearer("platform"))
                        .statusCode())
                .isEqualTo(413);
    }
}
