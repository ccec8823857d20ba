package dev.countersign.internal.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.google.common.base.Splitter;
import java.io.File;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LibraryTest {

    @ParameterizedTest
    @EnumSource
    void the_lines_to_add_name_the_version_that_is_built_against(Library library) {
        List<String> parts = Splitter.on(':').splitToList(library.coordinates());
        String path =
                String.join(File.separator, parts.get(0).replace('.', File.separatorChar), parts.get(1), parts.get(2));
        assertThat(Stream.of(System.getProperty("java.class.path").split(File.pathSeparator)))
                .anyMatch(entry -> entry.contains(path));
    }

    @ParameterizedTest
    @EnumSource
    void a_library_that_is_there_is_found(Library library) {
        assertThatCode(() -> Library.require("a test", library)).doesNotThrowAnyException();
    }
}
