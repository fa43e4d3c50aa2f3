package dev.octosts.probers;

import java.util.Map;

/** A source of identity tokens in a variable of the environment. */
final class VariableSource implements IdentityTokenSource {

    private final String name;
    private final Map<String, String> environment;

    VariableSource(String name, Map<String, String> environment) {
        this.name = name;
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Result obtain(String audience) {
        var value = environment.get(name);
        return value == null || value.isBlank()
                ? new Result.Missing("the variable " + name + " is not set")
                : TokenText.token("the variable " + name, value);
    }
}
