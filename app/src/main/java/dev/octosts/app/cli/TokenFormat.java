package dev.octosts.app.cli;

import dev.octosts.probers.ExchangeAnswer.Token;

/**
 * The forms in which a token is printed. A token's characters need no quotes in any of these forms: the client checks
 * that.
 */
enum TokenFormat {
    token,
    env,
    json;

    String text(Token token) {
        return switch (this) {
            case token -> token.value();
            case env -> "GITHUB_TOKEN=" + token.value() + System.lineSeparator() + "GH_TOKEN=" + token.value();
            case json ->
                "{\"token\":\"" + token.value() + "\",\"expiry\":"
                        + token.expiry().map(expiry -> "\"" + expiry + "\"").orElse("null") + "}";
        };
    }
}
