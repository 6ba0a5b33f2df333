import Git
import Testing

@Suite struct IgnoreMistakeTests {
    @Test(arguments: [
        (
            "*.ipynb # Ignore all notebooks",
            "a comment needs a line of its own; here it is part of the pattern",
            ["# Ignore all notebooks", "*.ipynb"]
        ),
        (" data", "the white space in front is part of the pattern", ["data"]),
        ("data\t", "the tab at the end is part of the pattern", ["data"]),
        ("./data", "'.' as a folder matches nothing", ["/data"]),
        ("!./a/./data/", "'.' as a folder matches nothing", ["!/a/data/"]),
        ("a//b", "two slashes in a row match nothing", ["a/b"]),
        (
            "../data", "'..' matches nothing: a file speaks only of what lies below it",
            []
        ),
        ("data\\", "a backslash at the end matches nothing", ["data"]),
        ("data\\raw", "a backslash does not separate folders", ["data/raw"]),
        ("\"*.ipynb\"", "the quotes are part of the pattern", ["*.ipynb"]),
        ("*.{png,jpg}", "git has no braces in patterns", ["*.png", "*.jpg"]),
        ("a[b", "the bracket is not closed, so that nothing matches", ["a\\[b"]),
        ("/", "the pattern is empty and matches nothing", []),
        ("~/data", "git does not expand this; paths begin at the file's folder", []),
    ]) func `a line that cannot work is named, with the lines that would`(
        line: String, message: String, fixed: [String]
    ) throws {
        let mistake = try #require(IgnoreMistake(in: Array(line.utf8)))
        #expect(mistake.message == message)
        #expect(mistake.fixedLines.map { String(decoding: $0, as: UTF8.self) } == fixed)
        for line in mistake.fixedLines { #expect(IgnoreMistake(in: line) == nil) }
    }

    @Test(arguments: [
        "", "# a # b", "*.ipynb", "data  ", "\\#a", "a\\ ", "a\\ # b", "a#b", "!keep", "/a/**/b/",
        "[ab]*",
        "a\\[b", "{}", "{a}", ".venv", "**", "\\!a", "x\\*", "a'b", "caf\u{E9}",
    ]) func `a line that works is left alone`(line: String) {
        #expect(IgnoreMistake(in: Array(line.utf8)) == nil)
    }
}
