package dev.octosts.sandbox.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.Client;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class AppHookTest extends GitHubTest {
    private static final String PATH = "/app/hook/deliveries";
    private static final Pattern NEXT = Pattern.compile("<https://[^/>]+(/[^>]+)>; rel=\"next\"");

    private final LinkedBlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final AtomicInteger status = new AtomicInteger(200);

    private List<JsonObject> list(GitHubApp of, String query) {
        return Client.array(client.get(client.jwt(of), PATH + query)).getValuesAs(JsonObject.class);
    }

    @Test
    void tells_what_became_of_deliveries_the_latest_first() {
        var busy = github.app("busy");
        var hook = github.hook(busy).to((_, event, _) -> event.equals("push") ? 500 : 200);
        var first = hook.deliver("push", "{}");
        hook.deliver("ping", "{}");

        assertThat(list(busy, "?per_page=100"))
                .satisfiesExactly(
                        ping -> {
                            assertThat(ping.getString("event")).isEqualTo("ping");
                            assertThat(ping.getString("status")).isEqualTo("OK");
                        },
                        push -> {
                            assertThat(push.getInt("status_code")).isEqualTo(500);
                            assertThat(push.getString("guid")).isEqualTo(first.guid());
                            assertThat(push.getBoolean("redelivery")).isFalse();
                        });
        assertThat(list(github.app("quiet"), "")).isEmpty();
    }

    @Test
    void goes_on_by_cursor() {
        var many = github.app("many");
        for (int i = 0; i < 5; i++) {
            github.hook(many).deliver("push", "{}");
        }

        var page = client.get(client.jwt(many), PATH + "?per_page=3");
        var next = NEXT.matcher(page.headers().firstValue("Link").orElseThrow());
        assertThat(next.find()).isTrue();
        var rest = client.get(client.jwt(many), next.group(1));

        assertThat(Client.array(page)).hasSize(3);
        assertThat(Client.array(rest)).hasSize(2);
        assertThat(rest.headers().firstValue("Link")).isEmpty();
        assertThat(client.get(client.jwt(many), PATH + "?cursor=2").statusCode())
                .isEqualTo(422);
    }

    @Test
    void delivers_again_under_the_same_guid() throws InterruptedException {
        var again = github.app("again");
        status.set(503);
        var hook = github.hook(again).to((guid, event, payload) -> {
            received.add(guid + " " + event + " " + payload);
            return status.get();
        });
        var failed = hook.deliver("push", "{\"a\":1}");
        var sent = received.poll(30, TimeUnit.SECONDS);
        status.set(200);

        var answer = client.post(client.jwt(again), PATH + "/" + failed.id() + "/attempts", "{}");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(received.poll(30, TimeUnit.SECONDS)).isEqualTo(sent).startsWith(failed.guid());
        assertThat(client.post(client.jwt(again), PATH + "/1/attempts", "{}").statusCode())
                .isEqualTo(404);
    }

    @Test
    void forgets_after_three_days_and_is_for_apps_alone() {
        var old = github.app("old");
        github.hook(old).deliver("push", "{}");
        sandbox.clock().advance(Duration.ofDays(3).plusMinutes(1));

        assertThat(list(old, "")).isEmpty();
        assertThat(client.get(client.token(installation, "{}"), PATH).statusCode())
                .isNotEqualTo(200);
    }
}
