@testable import Notebook
import Testing

/// The answers are those of jupytext 1.19.6, `is_magic(line, language, True, explicitly_code=True)`.
@Suite struct MagicTests {
    private let python = Magic(
        languageName: "python", script: Languages.python, commentsMagics: true)

    private func isMagic(_ line: String, in name: String, commentsMagics: Bool = true) -> Bool {
        let script = Languages.language(named: name) ?? Languages.python
        let magic = Magic(languageName: name, script: script, commentsMagics: commentsMagics)
        return magic.isMagic(Array(line.utf8).span)
    }

    @Test(
        arguments: [
            "%time x", "%%time", "%%%time", "  %time", "\t%time", "# %time", "#%time", "# # %time",
            "## %time", "  # %time", "!ls", "! ls", "!./a", "!~/a", "!$x", "!\\\\x", "!/bin/x",
            "!{x}", "?x", "? x", "  !ls", "# !ls", "#!/bin/sh", "?", "x?", "x??", "f(a)?",
            "# what?",
            "#what?", "a.b?", "x?  ", "??", "a = !ls", "a=!ls", "a = %time x", "a = %%time x",
            "  a = !ls", "# a = !ls", "_ = %x", "ls", "ls -l", "ls  = 1", "ls ", "ls  ", "cat a",
            "cat if x else y", "copy -= 1", "cd ..", "rm", "mv a", "mkdir", "rmdir x", "ren",
            "ddir", "ldir", "echo", "cp", "# ls", "%x # escape", "%x  #escape",
        ])
    func `these lines are commands in Python`(line: String) {
        #expect(isMagic(line, in: "python"))
    }

    @Test(
        arguments: [
            "%%%%time", "% time", "%1", "%", "#  %time", "a %time", "!!ls", "!1", "!\"x\"", "??x",
            "!", "x ?", "# is it so?", "is it so?", "a = !!ls", "a = !1", "a, b = %time x",
            "a.b = !ls", "a: int = !ls", "a = \"!ls\"", "a == !ls", "ls = 1", "ls=1", "ls, a",
            "ls.x", "ls(1)", "pwd", " ls", "lsx", "%x # noescape", "x # escape", "print(\"%x\")",
            "", "#", "# ",
        ])
    func `these lines are Python`(line: String) {
        #expect(!isMagic(line, in: "python"))
    }

    @Test(
        arguments: [
            ("R", "%time"), ("R", "# %time"), ("R", "#%x"), ("julia", "%time"), ("c++", "%time"),
            ("c++", "// %time"), ("c++", "//%time"), ("rust", ":dep x"), ("rust", "// :dep x"),
            ("rust", "//:dep"), ("csharp", "#!time"), ("csharp", "//#!time"),
            ("csharp", "// #!time"), ("go", "!ls"), ("go", "!*go"), ("go", "%cd"), ("go", "%%x"),
            ("go", "%%%x"), ("go", "// !ls"), ("go", "//%cd"), ("ocaml", "%time"),
            ("ocaml", "(* %time"), ("ocaml", "(* %time *)"), ("maxima", "%pi;"),
            ("maxima", "/* %pi"), ("scheme", ";; %x"), ("scheme", "%x"), ("haskell", "%x"),
            ("haskell", "-- %x"), ("lua", "%x"), ("lua", "-- %x"), ("scala", "%x"),
            ("scala", "// %x"), ("q", "%x"), ("q", "/ %x"), ("bash", "%x"), ("sos", "%run"),
            ("wolfram language", "%x"), ("clojure", "%x"), ("clojure", ";; %x"),
            ("powershell", "%x"), ("powershell", "#%x"), ("tcl", "%x"), ("sage", "%x"),
            ("xonsh", "%x"),
        ])
    func `these lines are commands in other languages`(language: String, line: String) {
        #expect(isMagic(line, in: language))
    }

    @Test(
        arguments: [
            ("R", "!ls"), ("R", "ls"), ("R", "x?"), ("R", "a = %t"), ("R", "% x"),
            ("julia", "]add X"), ("julia", "?x"), ("julia", "!ls"), ("c++", "# %time"),
            ("c++", ".x"), ("rust", " :dep x"), ("rust", "%time"), ("rust", ":1"), ("rust", "::x"),
            ("csharp", " #!time"), ("csharp", "%time"), ("csharp", "#r x"), ("csharp", "#!1"),
            ("go", "%%%%x"), ("go", " !ls"), ("go", "!1"), ("go", "%%"), ("go", "%% -x"),
            ("matlab", "%time"), ("matlab", "!ls"), ("sas", "%let x"), ("sas", "%x"),
            ("logtalk", "%x"), ("jenner", "%x"), ("ocaml", "!x"), ("scheme", ";%x"),
            ("haskell", ":t x"), ("ruby", "%x"), ("bash", "!ls"), ("bash", "ls"), ("sage", "!ls"),
            ("sage", "ls"), ("xonsh", "!ls"),
        ])
    func `these lines are code in other languages`(language: String, line: String) {
        #expect(!isMagic(line, in: language))
    }

    @Test(arguments: [("%x # escape", true), ("%x", false), ("!ls", false), ("x # escape", false)])
    func `without comment_magics only escape makes a comment`(line: String, isMagic: Bool) {
        #expect(self.isMagic(line, in: "python", commentsMagics: false) == isMagic)
    }

    @Test func `a language that only nbgit knows has magics in its own scripts alone`() throws {
        let swift = try #require(Languages.language(withExtension: ".swift"))
        let line = Array("%install x".utf8)
        let own = Magic(languageName: "swift", script: swift, commentsMagics: true)
        let other = Magic(languageName: "swift", script: Languages.python, commentsMagics: true)
        let answers = [own, other].map { $0.isMagic(line.span) }
        #expect(answers == [true, false])
    }

    @Test(
        arguments: [
            ("%x", "# %x"), ("  !ls", "  # !ls"), ("# %x", "# # %x"), ("\t%x", "\t# %x"),
        ])
    func `a command gets a comment sign behind its indentation`(line: String, commented: String) {
        let written = python.commented(Array(line.utf8).span, isContinuation: false)
        #expect(written.text == commented)
        let read = python.uncommented(Array(commented.utf8).span)
        #expect(read.text == line)
    }

    @Test func `a continuation gets its comment sign before the indentation`() {
        let isContinued = ["!ls \\ ", "!ls"].map { python.isContinued(Array($0.utf8).span) }
        #expect(isContinued == [true, false])
        let written = python.commented(Array("   x".utf8).span, isContinuation: true)
        #expect(written.text == "#    x")
        let read = python.uncommented(written.span)
        #expect(read.text == "   x")
    }
}
