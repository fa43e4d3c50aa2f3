package dev.octosts.kms.aws;

import dev.octosts.github.key.KeyService;
import dev.octosts.github.key.KeyServiceProvider;
import dev.octosts.github.key.SigningException;

/** AWS KMS, by the name {@code aws}. */
public final class AwsKeyServiceProvider implements KeyServiceProvider {

    public AwsKeyServiceProvider() {}

    @Override
    public String name() {
        return "aws";
    }

    @Override
    public KeyService open(Surroundings surroundings) throws SigningException {
        return new AwsKeyService(surroundings);
    }
}
