/**
 * The trust policy engine: reads policies and decides whether a token satisfies one. Pure: no I/O, no clock, no
 * framework.
 */
module dev.octosts.policy {
    requires static transitive org.jspecify;
    requires org.yaml.snakeyaml;
    requires re2j;

    exports dev.octosts.policy;
    exports dev.octosts.policy.diagnostic;
    exports dev.octosts.policy.explain;
    exports dev.octosts.policy.guardrail;
    exports dev.octosts.policy.lint;
    exports dev.octosts.policy.preset;
    exports dev.octosts.policy.repository;
    exports dev.octosts.policy.schema;
    exports dev.octosts.policy.test;
    exports dev.octosts.policy.yaml to
            dev.octosts.app,
            dev.octosts.exchange;
    exports dev.octosts.policy.text to
            dev.octosts.app,
            dev.octosts.exchange,
            dev.octosts.operators,
            dev.octosts.webhook;
}
