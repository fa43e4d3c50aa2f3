package dev.octosts.kms.gcp;

import dev.octosts.github.key.KeyImport;
import dev.octosts.github.key.KeyWrap;
import dev.octosts.github.key.ServiceHttp;
import dev.octosts.github.key.SigningException;
import dev.octosts.github.key.SigningException.SigningFault;
import jakarta.json.Json;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Takes keys into Cloud KMS, each as a version of its own. The key is made when there is none; the ring of keys has to
 * be there, because it can never be deleted.
 *
 * @see <a href="https://cloud.google.com/kms/docs/importing-a-key">Cloud KMS: importing a key</a>
 */
final class GcpImport implements KeyImport {

    private static final Pattern NAME = Pattern.compile(
            "(projects/[^/\\s?#]+/locations/[^/\\s?#]+/keyRings/[^/\\s?#]+)/cryptoKeys/([a-zA-Z0-9_-]{1,63})");
    private static final String USUAL_PROTECTION = "SOFTWARE";

    /** A service that makes a key of RSA, or looks into one, takes seconds. */
    private static final Duration PAUSE = Duration.ofMillis(250);

    private static final int LOOKS = 240;

    private final GcpApi api;
    private final Clock clock;

    GcpImport(GcpApi api, Clock clock) {
        this.api = api;
        this.clock = clock;
    }

    /** A name in its parts. */
    private record Parts(String ring, String id, String key) {

        static Parts of(String name) throws SigningException {
            var parts = NAME.matcher(name);
            if (!parts.matches()) {
                throw new SigningException(
                        SigningFault.MISCONFIGURED,
                        "",
                        "the name is not projects/P/locations/L/keyRings/R/cryptoKeys/K: leave the version out, an"
                                + " import makes one");
            }
            return new Parts(parts.group(1), parts.group(2), name);
        }
    }

    private static String algorithm(ImportRequest wanted) throws SigningException {
        return "RSA_SIGN_PKCS1_" + wanted.bits() + "_SHA256";
    }

    @Override
    public List<String> plan(ImportRequest wanted) throws SigningException {
        var parts = Parts.of(wanted.name());
        return List.of(
                "cryptoKeys.get, to see whether there is " + parts.id(),
                "cryptoKeys.create where there is none: ASYMMETRIC_SIGN, " + algorithm(wanted)
                        + ", for imports only, protected by software",
                "importJobs.create, with RSA_OAEP_4096_SHA256_AES_256; it ends by itself after three days",
                "cryptoKeyVersions.import, encrypted so that Cloud KMS alone can read it");
    }

    @Override
    public String take(ImportRequest wanted) throws SigningException {
        var parts = Parts.of(wanted.name());
        var algorithm = algorithm(wanted);
        var job = job(parts, protection(parts, algorithm));
        var ready = awaited(job, "ACTIVE", "PENDING_GENERATION");
        byte[] wrapped =
                KeyWrap.wrapped(wanted.key(), ready.text("publicKey", "pem").orElse(""));
        var version = named(change(
                parts.key() + "/cryptoKeyVersions:import",
                Json.createObjectBuilder()
                        .add("algorithm", algorithm)
                        .add("importJob", job)
                        .add("wrappedKey", Base64.getEncoder().encodeToString(wrapped))
                        .build()
                        .toString()));
        awaited(version, "ENABLED", "PENDING_IMPORT");
        return version;
    }

    /** How the key is protected, which is made when there is none. */
    private String protection(Parts parts, String algorithm) throws SigningException {
        var known = known(parts);
        if (known.isEmpty()) {
            change(
                    parts.ring() + "/cryptoKeys?cryptoKeyId=" + parts.id() + "&skipInitialVersionCreation=true",
                    Json.createObjectBuilder()
                            .add("purpose", "ASYMMETRIC_SIGN")
                            .add("importOnly", true)
                            .add(
                                    "versionTemplate",
                                    Json.createObjectBuilder()
                                            .add("algorithm", algorithm)
                                            .add("protectionLevel", USUAL_PROTECTION))
                            .build()
                            .toString());
            return USUAL_PROTECTION;
        }
        if (known.get().text("purpose").filter("ASYMMETRIC_SIGN"::equals).isEmpty()) {
            throw new SigningException(
                    SigningFault.UNSUITABLE, known.get().text("purpose").orElse(""), "give a key for ASYMMETRIC_SIGN");
        }
        return known.get().text("versionTemplate", "protectionLevel").orElse(USUAL_PROTECTION);
    }

    private Optional<ServiceHttp.ServiceAnswer> known(Parts parts) throws SigningException {
        try {
            return Optional.of(api.call("GET", parts.key(), "", PATIENCE));
        } catch (SigningException failed) {
            if (failed.fault() == SigningFault.NOT_FOUND) {
                return Optional.empty();
            }
            throw failed;
        }
    }

    private String job(Parts parts, String protection) throws SigningException {
        return named(change(
                parts.ring() + "/importJobs?importJobId=octo-sts-"
                        + clock.instant().toEpochMilli(),
                Json.createObjectBuilder()
                        .add("importMethod", "RSA_OAEP_4096_SHA256_AES_256")
                        .add("protectionLevel", protection)
                        .build()
                        .toString()));
    }

    private ServiceHttp.ServiceAnswer change(String path, String body) throws SigningException {
        return api.call("POST", path, body, PATIENCE);
    }

    private static String named(ServiceHttp.ServiceAnswer answer) throws SigningException {
        return answer.text("name")
                .filter(name -> name.matches("projects/[^\\s?#]+"))
                .orElseThrow(() -> new SigningException(SigningFault.FAILING, "malformed"));
    }

    /** Looks at a thing until it is as it should be. */
    private ServiceHttp.ServiceAnswer awaited(String name, String wanted, String pending) throws SigningException {
        for (int look = 0; look < LOOKS; look++) {
            var answer = api.call("GET", name, "", PATIENCE);
            var state = answer.text("state").orElse("");
            if (state.equals(wanted)) {
                return answer;
            }
            if (!state.equals(pending)) {
                throw new SigningException(
                        SigningFault.UNSUITABLE, state, "look at " + name + ", which says why it cannot be used");
            }
            pause();
        }
        throw new SigningException(SigningFault.TIMED_OUT, "", "look at " + name + ", which is still " + pending);
    }

    private static void pause() throws SigningException {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SigningException(SigningFault.TIMED_OUT, "");
        }
    }
}
