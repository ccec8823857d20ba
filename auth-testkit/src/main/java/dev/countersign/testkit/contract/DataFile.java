package dev.countersign.testkit.contract;

import dev.countersign.json.JsonObject;
import dev.countersign.json.text.JsonSyntaxException;
import dev.countersign.json.text.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Reads the data of the contracts, which is next to them. */
final class DataFile {

    private DataFile() {}

    static JsonObject object(String name) {
        try (InputStream in = DataFile.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("there is no " + name);
            }
            return (JsonObject) JsonText.read(in.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (JsonSyntaxException broken) {
            throw new IllegalStateException(name + ": " + broken.getMessage(), broken);
        }
    }
}
