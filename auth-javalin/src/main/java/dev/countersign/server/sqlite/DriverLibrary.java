package dev.countersign.server.sqlite;

import dev.countersign.server.config.ConfigException;
import dev.countersign.server.files.FileTrouble;
import dev.countersign.server.files.FolderSafety;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sqlite.SQLiteJDBCLoader;

/**
 * Loads the SQLite driver's native library. The library is unpacked into the first folder where it can be written and executed, and deleted after
 * loading. The driver on its own tries one folder only, and prints a stack trace if that is full or mounted {@code noexec}.
 */
public final class DriverLibrary {

    private static final String PATH = "org.sqlite.lib.path";
    private static final String NAME = "org.sqlite.lib.name";
    private static final String FOLDER = "org.sqlite.tmpdir";

    private static boolean loaded;

    private DriverLibrary() {}

    /**
     * Loads the library once per process.
     *
     * @param data the data folder, which is tried first if it exists
     * @throws ConfigException if no folder is usable; the message has the reason for each
     */
    public static synchronized void load(Path data) throws ConfigException {
        Path natives = data.resolve("native");
        UnpackedLibrary.clear(natives);
        if (loaded || System.getProperty(PATH) != null) {
            return;
        }
        List<String> refused = new ArrayList<>();
        for (Path folder : folders(data, natives)) {
            try {
                loadFrom(folder);
                loaded = true;
                return;
            } catch (IOException unusable) {
                refused.add(folder + ": " + FileTrouble.of(unusable));
            }
        }
        throw new ConfigException("the SQLite driver's library cannot be unpacked in any folder ("
                + String.join("; ", refused)
                + "): free some space, or name a folder where programs may be run with java -D" + FOLDER + "=FOLDER");
    }

    private static List<Path> folders(Path data, Path natives) {
        String given = System.getProperty(FOLDER);
        if (given != null) {
            return List.of(Path.of(given));
        }
        List<Path> folders = new ArrayList<>();
        if (Files.isDirectory(data)) {
            folders.add(natives);
        }
        folders.add(Path.of(System.getProperty("java.io.tmpdir")));
        for (String other : new String[] {"/var/tmp", "/dev/shm", System.getProperty("user.home", "")}) {
            Path folder = Path.of(other);
            if (Files.isDirectory(folder) && !folders.contains(folder)) {
                folders.add(folder);
            }
        }
        return folders;
    }

    private static void loadFrom(Path folder) throws IOException {
        Path parent =
                Files.isDirectory(folder) ? folder : folder.toAbsolutePath().getParent();
        if (parent == null || !FolderSafety.isOurs(parent)) {
            throw new IOException("other users could replace files in it");
        }
        try (UnpackedLibrary library = UnpackedLibrary.in(folder)) {
            // The driver searches FOLDER for its own leftovers.
            Map<String, String> before = put(Map.of(
                    PATH,
                    library.folder().toString(),
                    NAME,
                    library.name(),
                    FOLDER,
                    library.folder().toString()));
            try {
                initialize();
            } finally {
                put(before);
            }
        }
    }

    /** Sets system properties, removes those with an empty value, and returns the former values. */
    private static Map<String, String> put(Map<String, String> values) {
        Map<String, String> before = new HashMap<>();
        values.forEach((name, value) -> {
            String former = value.isEmpty() ? System.clearProperty(name) : System.setProperty(name, value);
            before.put(name, former == null ? "" : former);
        });
        return before;
    }

    private static void initialize() throws IOException {
        try {
            if (SQLiteJDBCLoader.initialize()) {
                return;
            }
        } catch (Exception refused) {
            throw new IOException("the library cannot be loaded from it", refused);
        }
        throw new IOException("the library cannot be loaded from it");
    }
}
