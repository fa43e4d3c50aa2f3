package dev.octosts.kms.vault;

import dev.octosts.github.key.KeyImport;
import dev.octosts.github.key.KeyWrap;
import dev.octosts.github.key.SigningException;
import dev.octosts.github.key.SigningException.SigningFault;
import jakarta.json.Json;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes keys into the engine <em>transit</em>: a new key, or a new version of one that was imported.
 *
 * @see <a href="https://developer.hashicorp.com/vault/api-docs/secret/transit#import-key">Vault: import key</a>
 */
final class VaultImport implements KeyImport {

    private static final String USUAL_MOUNT = "transit";
    private static final Pattern NAME =
            Pattern.compile("((?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*)([A-Za-z0-9_-][A-Za-z0-9._-]*)");

    private final VaultLogin login;

    VaultImport(VaultLogin login) {
        this.login = login;
    }

    /** A name in its parts. */
    private record Place(String mount, String name) {

        static Place of(String written) throws SigningException {
            var parts = NAME.matcher(written);
            if (!parts.matches()) {
                throw VaultApi.wrong(
                        "the name of the key is none of transit; give NAME or MOUNT/NAME, without a version");
            }
            return new Place(
                    parts.group(1).isEmpty() ? USUAL_MOUNT : parts.group(1).replaceFirst("/$", ""), parts.group(2));
        }

        String key() {
            return mount + "/keys/" + name;
        }
    }

    @Override
    public List<String> plan(ImportRequest wanted) throws SigningException {
        var place = Place.of(wanted.name());
        return List.of(
                "GET " + place.key() + ", to see whether the name is taken",
                "GET " + place.mount() + "/wrapping_key",
                "POST " + place.key() + (wanted.replace() ? "/import_version where it is, else " : "") + "/import, rsa-"
                        + wanted.bits() + ", not exportable, encrypted so that Vault alone can read it");
    }

    @Override
    public String take(ImportRequest wanted) throws SigningException {
        var place = Place.of(wanted.name());
        int bits = wanted.bits();
        boolean there = isThere(place);
        if (there && !wanted.replace()) {
            throw KeyImport.taken(
                    "give another name; or --replace, once GitHub has the new key, for a new version of this one");
        }
        var wrapping = login.asked("GET", place.mount() + "/wrapping_key", "", PATIENCE)
                .text("data", "public_key")
                .orElseThrow(() -> new SigningException(SigningFault.FAILING, "malformed"));
        var body = Json.createObjectBuilder()
                .add("ciphertext", Base64.getEncoder().encodeToString(KeyWrap.wrapped(wanted.key(), wrapping)))
                .add("hash_function", "SHA256");
        if (there) {
            login.asked("POST", place.key() + "/import_version", body.build().toString(), PATIENCE);
        } else {
            body.add("type", "rsa-" + bits).add("exportable", false).add("allow_plaintext_backup", false);
            login.asked("POST", place.key() + "/import", body.build().toString(), PATIENCE);
        }
        return wanted.name();
    }

    private boolean isThere(Place place) throws SigningException {
        try {
            login.asked("GET", place.key(), "", PATIENCE);
            return true;
        } catch (SigningException failed) {
            if (failed.fault() == SigningFault.NOT_FOUND) {
                return false;
            }
            throw failed;
        }
    }
}
