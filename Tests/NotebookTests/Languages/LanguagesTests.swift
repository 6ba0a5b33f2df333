import Laws
@testable import Notebook
import Testing

@Suite struct LanguagesTests {
    private func language(_ metadata: JSONObject) -> String? {
        Languages.language(of: metadata)?.fileExtension
    }

    @Test(
        arguments: [
            (".py", ".py"), (".r", ".R"), (".R", ".R"), (".jl", ".jl"), (".fs", ".fsx"),
            (".resource", ".robot"),
            (".C", ".cpp"), (".kt", ".kts"), (".js", ".js"), (".scm", ".scm"), (".go", ".go"),
        ])
    func `the extension in language_info comes first`(named: String, fileExtension: String) {
        let metadata: JSONObject = [
            "language_info": ["file_extension": .string(JSONString(named)), "name": "julia"],
            "kernelspec": ["language": "julia", "name": "julia"],
        ]
        #expect(language(metadata) == fileExtension)
    }

    @Test func `sage notebooks say py`() {
        #expect(
            language([
                "language_info": ["file_extension": ".py"], "kernelspec": ["language": "sage"],
            ]) == ".sage")
    }

    @Test(
        arguments: [
            ("python", ".py"), ("R", ".R"), ("r", ".R"), ("julia", ".jl"), ("c++", ".cpp"),
            ("C++17", ".cpp"),
            ("C#", ".cs"), ("F#", ".fsx"), ("scheme", ".ss"), ("octave", ".m"), ("SAS", ".sas"),
            ("bash", ".sh"), ("Kotlin", ".kts"), ("swift", ".swift"),
            ("wolfram language", ".wolfram"),
        ])
    func `a kernel's language leads to an extension`(name: String, fileExtension: String) {
        #expect(language(["kernelspec": ["language": .string(JSONString(name))]]) == fileExtension)
        #expect(
            language(["jupytext": ["main_language": .string(JSONString(name))]]) == fileExtension)
        #expect(language(["language_info": ["name": .string(JSONString(name))]]) == fileExtension)
    }

    @Test(
        arguments: [
            ("python3", ".py"), ("julia-1.10", ".jl"), ("ir", ".R"), ("xcpp17", ".cpp"),
            (".net-csharp", ".cs"),
            (".net-fsharp", ".fsx"), ("evcxr", ".rs"), ("gophernotes", ".go"), ("tslab", ".ts"),
            ("jslab", ".js"),
            ("sagemath", ".sage"), ("bash", ".sh"), ("calysto_scheme", ".ss"), ("pyspark", ".py"),
            ("xlua", ".lua"), ("kotlin", ".kts"), ("imatlab", ".m"),
            ("apache_toree_scala", ".scala"),
        ])
    func `a kernel's own name will do`(name: String, fileExtension: String) {
        #expect(language(["kernelspec": ["name": .string(JSONString(name))]]) == fileExtension)
    }

    @Test
    func `a notebook that names nothing is Python, one that names a strange language nothing`() {
        #expect(language([:]) == ".py")
        #expect(language(["kernelspec": ["language": "ruby", "name": "ruby"]]) == nil)
        #expect(language(["language_info": ["file_extension": ".rb"]]) == nil)
    }

    @Test func `every extension is found, and case matters`() {
        for language in Languages.all {
            #expect(Languages.language(withExtension: language.fileExtension) == language)
        }
        #expect(Languages.language(withExtension: ".PY") == nil)
        #expect(Languages.language(withExtension: "py") == nil)
        #expect(Languages.language(withExtension: ".r")?.fileExtension == ".r")
        #expect(Set(Languages.all.map(\.fileExtension)).count == Languages.all.count)
    }

    @Test(
        arguments: [
            ("cs", "csharp"), ("C#", "csharp"), ("F#", "fsharp"), ("fs", "fsharp"), ("r", "R"),
            ("R", "R"),
            ("C++17", "c++"), ("octave", "matlab"), ("sas", "SAS"), ("Python", "python"),
        ])
    func `names of one language have one usual name`(name: String, usual: String) {
        #expect(Language.usualName(name) == usual)
    }

    @Test(
        arguments: [
            ("R", "R"), ("r", "r"), ("sas", "sas"), ("SAS", "sas"), ("C++17", "c++"),
            ("c++17", "c++17"),
            ("C#", "csharp"), ("F#", "fsharp"), ("Julia", "julia"), ("#", "sharp"),
        ])
    func `main names are evened out as jupytext does`(name: String, main: String) {
        #expect(Language.mainName(name) == main)
    }

    @Test(
        arguments: [
            (".py", "", "#\n"), (".py", "x", "# x\n"), (".py", " ", "#  \n"),
            (".ml", "", "(* *)\n"),
            (".ml", "x", "(* x *)\n"), (".cpp", "// x", "// // x\n"), (".m", "%", "% %\n"),
            (".py", "x\n\ny", "# x\n#\n# y\n"), (".ml", "x\n", "(* x *)\n(* *)\n"),
        ])
    func `lines become comments and come back`(
        fileExtension: String, lines: String, comment: String
    ) throws {
        let language = try #require(Languages.language(withExtension: fileExtension))
        let source = Array(lines.utf8)
        var text: [UInt8] = []
        language.comment.append(
            linesOf: source.span, lineFeeds: source.span.traits.lineFeedCount, to: &text)
        #expect(text.text == comment)
        let read = text.dropLast().split(separator: .lineFeed, omittingEmptySubsequences: false).map
        {
            language.comment.uncommented(Array($0).span).bytes.text
        }
        #expect(read.joined(separator: "\n") == lines)
    }

    @Test(
        arguments: [
            (".py", "#x", "x"), (".py", "x", "x"), (".py", "#  x", " x"), (".py", "## x", "# x"),
            (".ml", "(*x*)", "x"),
            (".ml", "(* x", "x"), (".ml", "x *)", "x"), (".ml", "(* *) *)", "*)"),
            (".ml", "(**)", ""),
        ])
    func `comments of other hands are read`(fileExtension: String, comment: String, line: String)
        throws
    {
        let language = try #require(Languages.language(withExtension: fileExtension))
        let read: [UInt8] = language.comment.uncommented(Array(comment.utf8).span).bytes
        #expect(read.text == line)
    }
}
