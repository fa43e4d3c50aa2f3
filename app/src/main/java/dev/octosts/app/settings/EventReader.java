package dev.octosts.app.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Reads where events are sent, and whether they carry an identity of Google Cloud. */
final class EventReader {

    static final String EVENTS = "EVENT_INGRESS_URI";
    static final String IDENTITY = "OCTOSTS_EVENT_IDENTITY";

    /** Cloud Run sets it. */
    private static final String CLOUD_RUN = "K_SERVICE";

    /** Google's own libraries know these names. */
    private static final String METADATA = "GCE_METADATA_HOST";

    private static final String CREDENTIALS = "GOOGLE_APPLICATION_CREDENTIALS";

    private static final String USUAL_METADATA = "metadata.google.internal";

    private EventReader() {}

    static URI sink(String text) {
        URI address;
        try {
            address = new URI(text);
        } catch (URISyntaxException _) {
            throw notASink();
        }
        boolean web = isSafe(address) || "http".equals(address.getScheme());
        if (!web || address.getHost() == null || address.getRawUserInfo() != null) {
            throw notASink();
        }
        return address;
    }

    private static IllegalArgumentException notASink() {
        // The address may contain a secret in its path or query.
        return new IllegalArgumentException(
                "this is not the address of an event sink; give one like https://events.example.com/ingress");
    }

    private static boolean isSafe(URI address) {
        return "https".equals(address.getScheme());
    }

    /**
     * Who gives identity tokens for the sink; empty when the events carry none. A file counts only where the operator
     * asks for tokens: on Cloud Run it may be there for something else.
     */
    static Optional<EventIdentity> identity(Variables variables, Optional<URI> sink) {
        boolean safe = sink.filter(EventReader::isSafe).isPresent();
        var usual = safe && variables.text(CLOUD_RUN).isPresent();
        boolean wanted = variables.value(IDENTITY, usual, text -> switch (text) {
            case "google" -> {
                if (!safe) {
                    throw new IllegalArgumentException("an identity token goes to an https address alone; give one in "
                            + EVENTS + ", or write none");
                }
                yield true;
            }
            case "none" -> false;
            default -> throw new IllegalArgumentException(SettingFault.quoted(text) + " is neither google nor none");
        });
        if (!wanted) {
            return Optional.empty();
        }
        boolean asked = variables.text(IDENTITY).isPresent();
        if (asked && variables.text(CREDENTIALS).isPresent()) {
            return variables.value(CREDENTIALS, EventReader::keyFile);
        }
        return Optional.of(new EventIdentity.MetadataServer(
                variables.value(METADATA, URI.create("http://" + USUAL_METADATA), EventReader::metadata)));
    }

    /** Read here so that a file that is of no use ends the start; {@code GoogleIdentity} reads it again. */
    private static EventIdentity keyFile(String path) {
        var _ = ServiceAccountKey.read(path);
        return new EventIdentity.KeyFile(path);
    }

    private static URI metadata(String text) {
        if (!text.matches("[A-Za-z0-9.-]{1,255}(:[0-9]{1,5})?")) {
            throw new IllegalArgumentException(
                    SettingFault.quoted(text) + " is not a host with or without a port, such as " + USUAL_METADATA);
        }
        return URI.create("http://" + text);
    }
}
