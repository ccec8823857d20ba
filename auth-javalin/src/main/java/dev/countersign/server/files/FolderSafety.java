package dev.countersign.server.files;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Who else could change what is in a folder, which no permission of the files in it prevents. */
public final class FolderSafety {

    private static final int ROOT = 0;
    private static final int GROUP_WRITES = 020;
    private static final int OTHERS_WRITE = 002;
    private static final int STICKY = 01000;

    private FolderSafety() {}

    /**
     * Looks at a folder and at those above it.
     *
     * @param folder the folder
     * @return a warning for each that somebody else than this process's user and root can change; none where permissions are unknown
     */
    public static ImmutableList<String> warnings(Path folder) {
        ImmutableList.Builder<String> warnings = ImmutableList.builder();
        try {
            Path real = folder.toRealPath();
            Found found = Found.at(real);
            if (found == null) {
                return ImmutableList.of();
            }
            if (found.writableBy(GROUP_WRITES | OTHERS_WRITE)) {
                warnings.add("others can change what is in the folder " + real + " (" + found.permissions()
                        + "), and so replace keys and users: run chmod 700 " + real);
            }
            if (found.isOfAnother()) {
                warnings.add("the folder " + real + " belongs to " + found.owner()
                        + ", who can replace keys and users in it: run the server as " + found.owner()
                        + ", or chown the folder");
            }
            // A group of its own for each user is usual, and with it folders that this group may write.
            for (Path above = real.getParent(); above != null; above = above.getParent()) {
                Found higher = Found.at(above);
                if (higher != null && !higher.isSticky() && higher.writableBy(OTHERS_WRITE)) {
                    warnings.add("others can change what is in the folder " + above + " (" + higher.permissions()
                            + "), and so replace " + real + ": run chmod o-w " + above);
                }
            }
        } catch (IOException untold) {
            return warnings.build();
        }
        return warnings.build();
    }

    /** {@return whether only this process's user and root can change what is in it, as far as permissions are known} */
    public static boolean isOurs(Path folder) {
        try {
            Found found = Found.at(folder.toRealPath());
            return found == null
                    || (!found.isOfAnother() && (found.isSticky() || !found.writableBy(GROUP_WRITES | OTHERS_WRITE)));
        } catch (IOException untold) {
            return false;
        }
    }

    private record Found(int mode, int uid, String owner, int self) {

        static @Nullable Found at(Path folder) throws IOException {
            if (!folder.getFileSystem().supportedFileAttributeViews().contains("unix")) {
                return null;
            }
            int uid = (Integer) Files.getAttribute(folder, "unix:uid");
            String owner = Files.getOwner(folder).getName();
            return new Found((Integer) Files.getAttribute(folder, "unix:mode"), uid, owner, self(uid));
        }

        // Without /proc the user is unknown, and the owner is taken for it.
        private static int self(int otherwise) throws IOException {
            Path self = Path.of("/proc/self");
            return Files.exists(self) ? (Integer) Files.getAttribute(self, "unix:uid") : otherwise;
        }

        boolean isOfAnother() {
            return uid != self && uid != ROOT;
        }

        boolean isSticky() {
            return (mode & STICKY) != 0;
        }

        boolean writableBy(int which) {
            return (mode & which) != 0;
        }

        String permissions() {
            StringBuilder text = new StringBuilder();
            for (int bit = 8; bit >= 0; bit--) {
                text.append((mode >> bit & 1) == 0 ? '-' : "rwx".charAt((8 - bit) % 3));
            }
            return text.toString();
        }
    }
}
