package dev.octosts.api;

/** Says why an exchange would be granted or refused: the port that the transports call. */
public interface PolicyExplainer {

    /**
     * Does all that an exchange does but mint, and audits it. What refuses an exchange before its policy is asked
     * refuses the explanation in the same words.
     *
     * @param request the exchange that is asked about
     * @return the verdict rule by rule, as far as the bearer may know it, or why there is none
     */
    PolicyAnswer explain(ExchangeRequest request);
}
