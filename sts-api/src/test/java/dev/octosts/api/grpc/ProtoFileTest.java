package dev.octosts.api.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The description of the gRPC service that users give to their clients. */
class ProtoFileTest {

    private static final Path FILE = Path.of("../docs/proto/security_token_service.proto");
    private static final Path PAGE = Path.of("../docs/token-exchange.md");
    private static final Pattern MESSAGE = Pattern.compile("(?ms)^message (\\w+) \\{(.*?)(?:^|(?<=\\{))\\}");
    private static final Pattern FIELD = Pattern.compile("(?m)^ *((?:repeated )?[\\w.]+) (\\w+) = ([0-9]+);");

    /** The fields of each message by name, as {@code type = number}. */
    private static Map<String, Map<String, String>> messages(Path file) throws IOException {
        return MESSAGE.matcher(Files.readString(file))
                .results()
                .collect(Collectors.toMap(message -> message.group(1), message -> {
                    var fields = new TreeMap<String, String>();
                    FIELD.matcher(message.group(2))
                            .results()
                            .forEach(field -> fields.put(field.group(2), field.group(1) + " = " + field.group(3)));
                    return fields;
                }));
    }

    private static int number(String message, String field) throws IOException {
        String described = messages(FILE).getOrDefault(message, Map.of()).getOrDefault(field, "no such field");
        return Integer.parseInt(described.substring(described.lastIndexOf(' ') + 1));
    }

    @Test
    void names_the_methods_that_there_are() throws IOException {
        String text = Files.readString(FILE);
        String service = SecurityTokenService.NAME;
        int dot = service.lastIndexOf('.');
        assertThat(text)
                .contains("package " + service.substring(0, dot) + ";")
                .contains("service " + service.substring(dot + 1) + " {");
        assertThat(Pattern.compile("rpc (\\w+)\\(").matcher(text).results().map(found -> found.group(1)))
                .containsExactly("Exchange", "ExchangeRefreshToken")
                .allSatisfy(method -> assertThat(Files.readString(PAGE)).contains("`" + service + "/" + method + "`"));
    }

    @Test
    void a_request_that_is_written_as_described_is_understood() throws IOException, GrpcFault {
        byte[] message = new ProtobufWriter()
                .text(number("ExchangeRequest", "aud"), "a")
                .text(number("ExchangeRequest", "scope"), "o/r")
                .text(number("ExchangeRequest", "identity"), "ci")
                .text(number("ExchangeRequest", "cap"), "c")
                .text(number("ExchangeRequest", "identity_provider"), "p")
                .text(number("ExchangeRequest", "scopes"), "o/s")
                .toBytes();

        assertThat(ExchangeCall.parse(message)).isEqualTo(new ExchangeCall("o/r", List.of("o/s"), "ci"));
        assertThat(messages(FILE).get("ExchangeRequest")).hasSize(6);
    }

    @Test
    void an_answer_is_written_as_described() throws IOException, GrpcFault {
        byte[] message = new ProtobufWriter()
                .text(number("RawToken", "token"), "ghs_x")
                .message(number("RawToken", "expiry"), new ProtobufWriter().number(1, 1_800_000_000L))
                .toBytes();

        assertThat(RawToken.parse(message))
                .isEqualTo(new RawToken("ghs_x", Optional.of(Instant.ofEpochSecond(1_800_000_000L))));
    }

    @Test
    void the_page_about_exchanges_describes_the_same_messages() throws IOException {
        Map<String, Map<String, String>> described = messages(FILE);

        assertThat(messages(PAGE)).containsOnlyKeys("ExchangeRequest", "RawToken");
        messages(PAGE)
                .forEach((name, fields) ->
                        assertThat(described.get(name)).as(name).isEqualTo(fields));
    }
}
