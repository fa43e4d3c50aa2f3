/**
 * What a trust policy says, and whether a token satisfies it. Pure: no I/O, no clock, no framework.
 */
module dev.octosts.policy {
    requires static transitive org.jspecify;
    requires org.yaml.snakeyaml;
    requires re2j;

    exports dev.octosts.policy;
    exports dev.octosts.policy.lint;
    exports dev.octosts.policy.text to
            dev.octosts.app,
            dev.octosts.exchange,
            dev.octosts.webhook;
}
