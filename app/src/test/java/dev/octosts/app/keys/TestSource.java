package dev.octosts.app.keys;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A place whose content a test changes. */
final class TestSource implements SecretSource {

    private final String place;
    private final boolean local;
    private final List<byte[]> given = new ArrayList<>();
    private String content;

    TestSource(String place, boolean local, String content) {
        this.place = place;
        this.local = local;
        this.content = content;
    }

    /** Has something else from now on; empty for nothing that can be read. */
    void has(String another) {
        content = another;
    }

    int reads() {
        return given.size();
    }

    /** The arrays that were given away. */
    List<byte[]> given() {
        return given;
    }

    @Override
    public String place() {
        return place;
    }

    @Override
    public String provider() {
        return local ? "file" : "vault";
    }

    @Override
    public boolean isLocal() {
        return local;
    }

    @Override
    public byte[] read() {
        if (content.isEmpty()) {
            throw new IllegalArgumentException("the file \"" + place + "\" does not exist");
        }
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        given.add(bytes);
        return bytes;
    }
}
