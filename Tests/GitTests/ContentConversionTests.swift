import Foundation
import Git
import Platform
import Support
import Testing

/// Line ends and keywords become in both directions what git makes of them.
@Suite struct ContentConversionTests {
    static let attributes = [
        "", "text", "-text", "text=auto", "text=auto eol=crlf", "text=auto eol=lf", "eol=crlf",
        "eol=lf", "-text eol=crlf", "text=input", "crlf", "-crlf", "crlf=input", "crlf=auto",
        "text=odd eol=odd", "ident", "text=auto ident eol=crlf", "binary",
    ]
    static let contents: [String] = [
        "", "one\n", "one\ntwo", "crlf\r\nlines\r\n", "mixed\r\nlines\n", "lone\rreturn\r\n",
        "nul\0byte\r\n", "\u{1}\u{2}\r\n", "eof\r\n\u{1A}", "$Id$ $Id: x $ $Id: a b $ $Id\r\n",
        "$Id:$\n$Id: \n$ $Idx$ $ $Id$", "\r", "\n", "\r\n",
    ]
    static let settings: [[String]] = [
        [], ["core.autocrlf=true"], ["core.autocrlf=input"], ["core.eol=crlf"],
        ["core.autocrlf=input", "core.eol=crlf"], ["core.autocrlf=true", "core.eol=lf"],
    ]

    @Test(arguments: settings)
    func `content is stored and written as by git`(settings: [String]) throws {
        let sandbox = try GitSandbox()
        let scratch = try TemporaryDirectory()
        for name in ["ours", "git"] {
            try scratch.makeFolder(name)
            let configure = settings.map { "git config \($0.replacing("=", with: " "))\n" }.joined()
            try sandbox.shell("git init -q\n\(configure)", in: scratch.path(name))
            for (row, _) in Self.attributes.enumerated() {
                for (column, content) in Self.contents.enumerated() {
                    try scratch.write(content, to: "\(name)/\(row).\(column)")
                }
            }
        }
        func write(_ attributes: [String]) throws {
            let lines = attributes.enumerated().map { "\($0.offset).* \($0.element)\n" }.joined()
            for name in ["ours", "git"] { try scratch.write(lines, to: "\(name)/.gitattributes") }
        }
        func stage() throws {
            _ = try Repository(
                opening: Path(scratch.path("ours")), environment: Environment(sandbox.environment)
            ).stage(.all)
            try sandbox.git("add", "--all", in: scratch.path("git"))
            let script = "cd \"$1\" && git ls-files -s"
            let sides = try ["ours", "git"].map {
                try run(
                    ["sh", "-c", script, "sh", scratch.path($0)], in: "/",
                    environment: sandbox.environment
                ).text
            }
            #expect(lineDifference(from: sides[1], to: sides[0]) == "")
        }
        try write(Self.attributes)
        try stage()
        // What was staged and committed with other attributes meets new ones, which nobody has staged.
        for name in ["ours", "git"] {
            try sandbox.git("commit", "--quiet", "-m", "first", in: scratch.path(name))
            try sandbox.shell("for f in *.*; do echo x >>$f; done", in: scratch.path(name))
        }
        try write(Self.attributes.reversed())
        try stage()
        // Out again, by what the work tree's attributes say.
        for name in ["ours", "git"] { try sandbox.shell("rm [0-9]*", in: scratch.path(name)) }
        let environment = Environment(sandbox.environment)
        let repository = try Repository(
            opening: Path(scratch.path("ours")), environment: environment)
        _ = try repository.restore(.all, isStaged: false)
        try sandbox.git("restore", ".", in: scratch.path("git"))
        let written = try ["ours", "git"].map {
            try run(
                ["sh", "-c", "cksum [0-9]* .gitattributes"], in: scratch.path($0),
                environment: sandbox.environment
            ).text
        }
        #expect(lineDifference(from: written[1], to: written[0]) == "")
    }

    @Test func `attributes that are not staged do not stand beside those that are`() throws {
        let sandbox = try GitSandbox()
        let scratch = try TemporaryDirectory()
        try sandbox.shell(
            """
            git init -q; echo '* text=auto' > .gitattributes; git add .; echo '# none' > .gitattributes
            printf 'a\\r\\n' > file
            """, in: scratch.path)
        _ = try Repository(
            opening: Path(scratch.path), environment: Environment(sandbox.environment)
        ).stage(.all)
        #expect(try sandbox.git("cat-file", "blob", ":file", in: scratch.path) == "a\r\n")
    }

    @Test func `a large file with line ends to convert is staged as by git`() throws {
        let sandbox = try GitSandbox()
        let scratch = try TemporaryDirectory()
        try sandbox.shell(
            """
            git init -q; echo '*.txt text' > .gitattributes
            yes 'a line of text' | head -c 34000000 | sed 's/$/\\r/' > a.txt; cp a.txt raw
            """, in: scratch.path)
        _ = try Repository(
            opening: Path(scratch.path), environment: Environment(sandbox.environment)
        ).stage(.all)
        let staged = try sandbox.git("ls-files", "-s", "a.txt", "raw", in: scratch.path)
        let hashed = try ["a.txt", "raw"].map {
            try sandbox.git("hash-object", $0, in: scratch.path).dropLast()
        }
        #expect(staged == "100644 \(hashed[0]) 0\ta.txt\n100644 \(hashed[1]) 0\traw\n")
    }
}
