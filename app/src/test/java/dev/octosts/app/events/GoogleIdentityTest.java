package dev.octosts.app.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.Egress;
import dev.octosts.app.settings.EventIdentity;
import dev.octosts.sandbox.http.Answer;
import dev.octosts.sandbox.http.RecordingServer;
import dev.octosts.sandbox.http.Reply;
import dev.octosts.sandbox.http.Request;
import dev.octosts.sandbox.tls.CertificateAuthority;
import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The events' identity, with a metadata server as its documentation describes it. */
class GoogleIdentityTest {

    private static final Instant START = Instant.parse("2026-11-26T17:00:00Z");
    private static final CertificateAuthority AUTHORITY = CertificateAuthority.create();

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final AtomicReference<Optional<Answer>> planned = new AtomicReference<>(Optional.empty());
    private final AtomicReference<Reply> sinkReply = new AtomicReference<>(Reply.empty(202));
    private final AtomicInteger made = new AtomicInteger();
    private final RecordingServer metadata = RecordingServer.start(this::answer);
    private final RecordingServer sink = RecordingServer.startWith(AUTHORITY.serverContext(), _ -> sinkReply.get());
    private final SinkClient client = client();

    private SinkClient client() {
        var address = URI.create(sink.address() + "/ingress?key=s3cret");
        var egress = new Egress(AUTHORITY.clientContext(), Optional.of(new NoProxyForMetadata()));
        return new SinkClient(
                address,
                new Egress(AUTHORITY.clientContext(), Optional.empty()),
                4,
                SinkClient.Limits.USUAL,
                Optional.of(GoogleIdentity.of(
                        new EventIdentity.MetadataServer(URI.create(metadata.address())),
                        address,
                        egress,
                        ((InstantSource) now::get).withZone(ZoneOffset.UTC))));
    }

    @AfterEach
    void close() {
        client.close();
        metadata.close();
        sink.close();
    }

    private Answer answer(Request request) {
        if (planned.get().isPresent()) {
            return planned.get().get();
        }
        if (!request.path().equals("/computeMetadata/v1/instance/service-accounts/default/identity")
                || !request.header("Metadata-Flavor").equals(Optional.of("Google"))) {
            return Reply.empty(403);
        }
        return Reply.of(
                200,
                "text/html",
                token(made.incrementAndGet(), now.get().plus(Duration.ofHours(1)))
                        .getBytes(StandardCharsets.US_ASCII));
    }

    static String token(int number, Instant end) {
        return "eyJhbGciOiJSUzI1NiJ9."
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(("{\"exp\":" + end.getEpochSecond() + "}").getBytes(StandardCharsets.US_ASCII))
                + ".c2ln" + number;
    }

    private SinkAnswer send() {
        return client.send(Message.of(TestEvents.event("a")));
    }

    private List<String> authorizations() {
        return sink.requests().stream()
                .map(request -> request.header("Authorization").orElse(""))
                .toList();
    }

    @Test
    void sends_each_event_with_a_token_for_the_sink_and_asks_for_one_once() {
        for (int event = 0; event < 3; event++) {
            assertThat(send()).isEqualTo(new SinkAnswer.Accepted());
        }

        assertThat(metadata.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.parameter("audience"))
                        .as("without what may be a key")
                        .contains(sink.address() + "/ingress"));
        assertThat(authorizations()).hasSize(3).containsOnly("Bearer " + token(1, START.plus(Duration.ofHours(1))));
    }

    @Test
    void asks_for_another_token_shortly_before_the_end_of_one() {
        send();
        now.set(START.plus(Duration.ofMinutes(56)));
        send();
        assertThat(metadata.requests()).hasSize(1);
        now.set(START.plus(Duration.ofMinutes(57)));
        send();

        assertThat(metadata.requests()).hasSize(2);
        assertThat(authorizations().getLast()).endsWith(".c2ln2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"404", "500", "no token", "a.b", "eyJhbGciOiJSUzI1NiJ9.e30.c2ln", "expired", "reset"})
    void keeps_an_event_for_later_while_there_is_no_token(String fault) {
        planned.set(Optional.of(
                switch (fault) {
                    case "404", "500" -> Reply.empty(Integer.parseInt(fault));
                    case "reset" -> new Answer.Reset();
                    case "expired" -> Reply.json(200, token(1, START.plus(Duration.ofMinutes(2))));
                    default -> Reply.json(200, fault);
                }));
        assertThat(send()).isEqualTo(new SinkAnswer.Failed("no identity token", Duration.ZERO));
        assertThat(sink.requests()).as("no event goes there without one").isEmpty();

        planned.set(Optional.empty());

        assertThat(send()).isEqualTo(new SinkAnswer.Accepted());
    }

    @Test
    void tries_again_with_another_token_when_the_sink_does_not_take_one() {
        sinkReply.set(Reply.empty(401));
        assertThat(send()).isEqualTo(new SinkAnswer.Failed("status 401", Duration.ZERO));

        sinkReply.set(Reply.empty(202));

        assertThat(send()).isEqualTo(new SinkAnswer.Accepted());
        assertThat(authorizations().getFirst()).endsWith(".c2ln1");
        assertThat(authorizations().getLast()).endsWith(".c2ln2");
    }

    /** The metadata server is asked directly, whatever proxy there is for the world outside. */
    private static final class NoProxyForMetadata extends ProxySelector {

        @Override
        public List<Proxy> select(URI uri) {
            throw new AssertionError("the metadata server is reached by no proxy");
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
