package dev.octosts.api;

/** Explains why an exchange would be granted or refused. This is the port that the transports call. */
public interface PolicyExplainer {

    /**
     * Does everything that an exchange does except the mint, and audits it. A check that refuses an exchange before its
     * policy is asked also refuses the explanation, in the same words.
     *
     * @param request the exchange that is asked about
     * @return the verdict rule by rule, as far as the bearer may know it, or why there is none
     */
    ExplanationResult explain(ExchangeRequest request);
}
