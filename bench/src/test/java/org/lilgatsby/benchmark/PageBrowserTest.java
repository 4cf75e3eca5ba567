package org.lilgatsby.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** With programs in place of Node and Chromium. */
@DisabledOnOs(OS.WINDOWS)
class PageBrowserTest {
    @TempDir
    private Path folder;

    private Path program(String name, String body) throws IOException {
        Path program = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + body);
        return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }

    private String failure(String node, Path chromium) {
        return assertThrows(IOException.class, () -> PageBrowser.find(node, Optional.of(chromium), folder))
                .getMessage();
    }

    @Test
    void saysWhatIsMissing() throws IOException {
        Path chromium = program("chromium", "exit 0\n");
        Path nowhere = folder.resolve("nowhere");
        assertEquals(nowhere + ": cannot be started; name Chromium", failure(nowhere.toString(), nowhere));
        assertEquals(
                "'%s' cannot be started; install Node 20 or later, or name it with --node PATH".formatted(nowhere),
                failure(nowhere.toString(), chromium));
        Path node = program("node", "[ \"$1\" = --version ]\n");
        String expected = """
                %s holds no playwright-core, which drives the browser; install it, for example:
                  npm install --prefix browser playwright-core
                  lilgatsby bench explore --playwright browser""".formatted(folder);
        assertEquals(expected, failure(node.toString(), chromium));
    }

    @Test
    void hearsEachMeasurement() throws IOException {
        Path node = program("node", """
                [ -s "$1" ] && [ -s "$2" ] || exit 0
                echo '{"what": "a", "found": 48.5, "unit": "ms", "demand": 50, "most": true}'
                echo '{"what": "b", "found": 29.6, "unit": "a second", "demand": 30, "most": false}'
                echo '{"what": "c", "found": 29.4, "unit": "a second", "demand": 30, "most": false}'
                echo '{"what": "d", "found": 1, "unit": "steps a second"}'
                """);
        PageBrowser browser =
                PageBrowser.find(node.toString(), Optional.of(program("chromium", "echo Chromium 1.2\n")), folder);
        assertEquals("Chromium 1.2", browser.version());
        List<PageBrowser.Measured> all = new ArrayList<>();
        browser.measure(Map.of("a", 1), folder, all::add);
        assertEquals(
                List.of(true, true, false, true),
                all.stream().map(PageBrowser.Measured::holds).toList());
        assertFalse(new PageBrowser.Measured("e", 50.1, "ms", 50.0, true).holds());
    }

    @Test
    void failsWithTheBrowser() throws IOException {
        Path node = program("node", "[ -s \"$2\" ] && exit 3 || exit 0\n");
        PageBrowser browser = PageBrowser.find(node.toString(), Optional.of(program("chromium", "")), folder);
        String said = assertThrows(IOException.class, () -> browser.measure(Map.of(), folder, _ -> {}))
                .getMessage();
        assertTrue(said.startsWith("explore.mjs ended with exit code 3 after 0 measurements"), said);
        assertThrows(IOException.class, () -> PageBrowser.parse("{}"));
        assertThrows(IOException.class, () -> PageBrowser.parse("no"));
    }
}
