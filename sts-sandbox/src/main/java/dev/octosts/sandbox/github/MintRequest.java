package dev.octosts.sandbox.github;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;

/** What a mint asks for, as far as it can be told without looking at the installation. */
final class MintRequest {
    private MintRequest() {}

    static boolean asksToReadContents(JsonObject body) {
        if (!(body.get("permissions") instanceof JsonObject permissions)) {
            return false;
        }
        var others = permissions.keySet().stream()
                .filter(name -> !name.equals("metadata") && !name.equals("contents"))
                .count();
        return others == 0
                && permissions.get("contents") instanceof JsonString level
                && level.getString().equals("read");
    }
}
