package dev.octosts.api;

import java.util.Map;

/** The result of an exchange: a token or a refusal. */
public sealed interface ExchangeResult {

    /**
     * The caller gets a token.
     *
     * @param token what GitHub minted for the caller
     * @param permissions what the token can do: levels ({@code read}, {@code write}, {@code admin}) by permission
     */
    record Granted(InstallationToken token, Map<String, String> permissions) implements ExchangeResult {

        public Granted {
            permissions = Map.copyOf(permissions);
        }
    }

    /**
     * The caller gets nothing.
     *
     * @param problem why
     */
    record Refused(Problem problem) implements ExchangeResult {}
}
