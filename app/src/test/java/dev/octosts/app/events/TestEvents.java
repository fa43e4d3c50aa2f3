package dev.octosts.app.events;

import java.time.Instant;
import java.util.Map;

/** Events as tests need them. */
final class TestEvents {

    static final Instant TIME = Instant.parse("2026-11-26T17:00:00Z");

    private TestEvents() {}

    static CloudEvent event(String id) {
        return event(id, "octo-org/octo-repo/ci", "said");
    }

    static CloudEvent event(String id, String subject, String text) {
        return new CloudEvent(
                id,
                "dev.octo-sts.exchange",
                "https://sts.example.com",
                subject,
                TIME,
                Map.of(),
                json -> json.writeStringField("text", text));
    }
}
