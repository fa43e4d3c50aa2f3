/** Keys of Apps in AWS KMS. Loaded only when {@code KMS_PROVIDER} says {@code aws}. */
module dev.octosts.kms.aws {
    requires static org.jspecify;
    requires dev.octosts.github;
    requires software.amazon.awssdk.auth;
    requires software.amazon.awssdk.awscore;
    requires software.amazon.awssdk.core;
    requires software.amazon.awssdk.http;
    requires software.amazon.awssdk.identity.spi;
    requires software.amazon.awssdk.regions;
    requires software.amazon.awssdk.retries.api;
    requires software.amazon.awssdk.retries;
    requires software.amazon.awssdk.services.kms;
    requires software.amazon.awssdk.services.secretsmanager;
    requires software.amazon.awssdk.services.sts;
    requires software.amazon.awssdk.utils;

    provides dev.octosts.github.key.KeyServiceProvider with
            dev.octosts.kms.aws.AwsKeyServiceProvider;
}
