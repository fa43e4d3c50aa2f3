package dev.octosts.kms.vault;

import dev.octosts.github.key.KeyServiceProvider.Surroundings;
import dev.octosts.github.key.SigningException;
import jakarta.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** How this service gets a token of Vault. */
sealed interface LoginMethod {

    /** The largest file that is read: a token of a service account has some kilobytes. */
    int LARGEST = 64 * 1024;

    /**
     * A token that somebody else keeps valid, such as Vault Agent, or that never expires.
     *
     * @param file read with each signature; empty when the token was given itself
     */
    record Token(Optional<Path> file, String given) implements LoginMethod {

        String token() throws SigningException {
            return file.isPresent() ? content(file.get()) : given;
        }

        @Override
        public String toString() {
            return "Token[***]";
        }
    }

    /**
     * A login with a JWT: the methods {@code kubernetes} and {@code jwt}.
     *
     * @param mount where the method is mounted, below {@code auth/}
     * @param file the JWT, read with each login
     */
    record Jwt(String mount, String role, Path file) implements LoginMethod {

        String body() throws SigningException {
            return Json.createObjectBuilder()
                    .add("role", role)
                    .add("jwt", content(file))
                    .build()
                    .toString();
        }
    }

    /**
     * A login of a machine.
     *
     * @param secret the file of the secret id, read with each login
     */
    record AppRole(String mount, String roleId, Path secret) implements LoginMethod {

        String body() throws SigningException {
            return Json.createObjectBuilder()
                    .add("role_id", roleId)
                    .add("secret_id", content(secret))
                    .build()
                    .toString();
        }
    }

    /** Reads the variables. */
    static LoginMethod read(Surroundings surroundings) throws SigningException {
        var tokenFile = surroundings.variable("OCTOSTS_VAULT_TOKEN_FILE").map(Path::of);
        var token = VaultApi.either(surroundings, "TOKEN");
        var method = surroundings
                .variable("OCTOSTS_VAULT_AUTH")
                .or(() -> tokenFile.map(_ -> "token"))
                .or(() -> token.map(_ -> "token"))
                .orElseThrow(
                        () -> VaultApi.wrong("set OCTOSTS_VAULT_AUTH to kubernetes, approle or jwt, or give a token"
                                + " in OCTOSTS_VAULT_TOKEN_FILE"));
        return switch (method) {
            case "token" -> {
                if (tokenFile.isEmpty() && token.isEmpty()) {
                    throw VaultApi.wrong("OCTOSTS_VAULT_TOKEN_FILE is not set; give the file of a token");
                }
                yield new Token(tokenFile, token.orElse(""));
            }
            case "kubernetes" ->
                new Jwt(
                        mount(surroundings, "kubernetes"),
                        surroundings.needed("OCTOSTS_VAULT_ROLE", "the role of the service account in Vault"),
                        Path.of(surroundings
                                .variable("OCTOSTS_VAULT_JWT_FILE")
                                .orElse("/var/run/secrets/kubernetes.io/serviceaccount/token")));
            case "jwt" ->
                new Jwt(
                        mount(surroundings, "jwt"),
                        surroundings.needed("OCTOSTS_VAULT_ROLE", "the role of the workload in Vault"),
                        Path.of(surroundings.needed("OCTOSTS_VAULT_JWT_FILE", "the file of the workload's JWT")));
            case "approle" ->
                new AppRole(
                        mount(surroundings, "approle"),
                        surroundings.needed("OCTOSTS_VAULT_ROLE_ID", "the role id"),
                        Path.of(surroundings.needed("OCTOSTS_VAULT_SECRET_ID_FILE", "the file of the secret id")));
            default -> throw VaultApi.wrong("OCTOSTS_VAULT_AUTH is none of token, kubernetes, approle and jwt");
        };
    }

    private static String mount(Surroundings surroundings, String usual) throws SigningException {
        var mount = surroundings.variable("OCTOSTS_VAULT_AUTH_MOUNT").orElse(usual);
        if (!Pattern.matches("[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*", mount)) {
            throw VaultApi.wrong("OCTOSTS_VAULT_AUTH_MOUNT is not the path of a login method, such as kubernetes");
        }
        return mount;
    }

    private static String content(Path file) throws SigningException {
        try (var in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(LARGEST + 1);
            var text = new String(content, StandardCharsets.UTF_8).strip();
            if (content.length > LARGEST || text.isEmpty() || text.chars().anyMatch(Character::isISOControl)) {
                throw VaultApi.wrong("the file " + file + " has no token in it");
            }
            return text;
        } catch (IOException unreadable) {
            throw VaultApi.wrong("the file " + file + " cannot be read");
        }
    }
}
