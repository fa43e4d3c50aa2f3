package dev.octosts.github.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.octosts.api.Egress;
import dev.octosts.github.key.SigningException.SigningFault;
import dev.octosts.sandbox.http.LoopbackServer;
import dev.octosts.sandbox.http.Reply;
import dev.octosts.sandbox.http.Request;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServiceHttpTest {

    private final List<Request> seen = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final LoopbackServer server = LoopbackServer.start(this::answer, 0, null);
    private final int port = server.port();
    private final ServiceHttp http = new ServiceHttp(new Egress(trust(), Optional.empty()));

    private Reply answer(Request request) {
        seen.add(request);
        return switch (request.path()) {
            case "/json" -> Reply.json(200, "{\"data\": {\"signature\": \"c2ln\", \"lease\": 3600}}");
            case "/moved" -> Reply.empty(302).with("Location", "http://127.0.0.1:" + server().port() + "/json");
            case "/large" -> Reply.of(200, "application/json", new byte[300 * 1024]);
            case "/silent" -> {
                try {
                    end.await();
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                }
                yield Reply.empty(200);
            }
            default -> Reply.of(404, "text/html", "<html>".getBytes(StandardCharsets.UTF_8));
        };
    }

    private LoopbackServer server() {
        return server;
    }

    @AfterEach
    void close() {
        end.countDown();
        http.close();
        server.close();
    }

    private ServiceHttp.ServiceAnswer call(String path) throws SigningException {
        return http.call(ServiceHttp.ServiceRequest.json(
                "POST", URI.create("http://127.0.0.1:" + port + path), Map.of("X-Vault-Token", "s.secret"), "{}"));
    }

    @Test
    void reads_what_is_at_a_path_of_the_answer() throws SigningException {
        var answer = call("/json");

        assertThat(answer.text("data", "signature")).contains("c2ln");
        assertThat(answer.number("data", "lease")).contains(3600L);
        assertThat(answer.text("data", "lease")).isEmpty();
        assertThat(answer.text("nothing", "here")).isEmpty();
        assertThat(seen.getFirst().header("X-Vault-Token")).contains("s.secret");
        assertThat(seen.getFirst().header("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
    }

    @Test
    void reads_nothing_of_what_is_no_json() throws SigningException {
        assertThat(call("/page").text("data")).isEmpty();
    }

    @Test
    void does_not_follow_a_redirect_with_its_credential() throws SigningException {
        assertThat(call("/moved").status()).isEqualTo(302);
        assertThat(seen).hasSize(1);
    }

    @Test
    void refuses_an_answer_that_is_too_large() {
        assertThatExceptionOfType(SigningException.class)
                .isThrownBy(() -> call("/large"))
                .satisfies(failed -> assertThat(failed.fault()).isEqualTo(SigningFault.UNREACHABLE));
    }

    @Test
    void gives_up_when_there_is_no_answer_in_time() {
        assertThatExceptionOfType(SigningException.class)
                .isThrownBy(() -> call("/silent"))
                .satisfies(failed -> assertThat(failed.fault()).isEqualTo(SigningFault.TIMED_OUT));
    }

    @Test
    void tells_that_nobody_listens() {
        server.close();

        assertThatExceptionOfType(SigningException.class)
                .isThrownBy(() -> call("/json"))
                .satisfies(failed -> assertThat(failed.fault()).isEqualTo(SigningFault.UNREACHABLE));
    }

    @Test
    void shows_no_credential() {
        assertThat(ServiceHttp.ServiceRequest.json(
                                "GET", URI.create("https://kms.example/a"), Map.of("A", "s.secret"), "")
                        .toString())
                .isEqualTo("GET kms.example");
    }

    private static SSLContext trust() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
