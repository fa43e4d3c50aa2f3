package dev.octosts.api;

/** The result of an exchange: a token or a refusal. */
public sealed interface ExchangeResult {

    /**
     * The caller gets a token.
     *
     * @param token what GitHub minted for the caller
     */
    record Granted(InstallationToken token) implements ExchangeResult {}

    /**
     * The caller gets nothing.
     *
     * @param problem why
     */
    record Refused(Problem problem) implements ExchangeResult {}
}
