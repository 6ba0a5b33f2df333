import Notebook
import Platform
import Support
import Testing

@testable import Workspace

@Suite struct SettingsTests {
    private static func settings(
        _ text: String, _ dialect: Settings.Dialect = .nbgit
    ) throws -> Settings {
        let table = try TOMLValue(document: Array(text.utf8), at: "nbgit.toml")
        return try Settings(table, in: dialect, file: "nbgit.toml")
    }

    @Test(arguments: [
        (#"formats = "ipynb,py:percent""#, "a.py"),
        (#"formats = ["ipynb,scripts//py:percent"]"#, "scripts/a.py"),
        (#"formats = "x_/ipynb,py:percent;ipynb,s_/py""#, "s_a.py"),
        ("[formats]\n\"\" = \"ipynb\"\n\"scripts/\" = \"py:percent\"", nil),
    ]) func `formats are a text, a list or a table`(text: String, script: String?) throws {
        let formats = try Self.settings(text).formats
        let scripts = formats.compactMap { $0.script(of: "a.ipynb", fileExtension: nil) }
        #expect(scripts.first == script.map { Path($0) })
    }

    @Test func `a table of formats names trees`() throws {
        let text = "[formats]\n\"nb/\" = \"ipynb\"\n\"scripts/\" = \"py:percent\""
        let formats = try Self.settings(text).formats
        #expect(formats.first?.script(of: "nb/x/a.ipynb", fileExtension: nil) == "scripts/x/a.py")
    }

    @Test func `options have jupytext's names and types`() throws {
        var options = FormatOptions()
        try options.set("cell_markers", to: "+++")
        try options.set("comment_magics", to: "false")
        try options.set("custom_cell_magics", to: "a,b")
        let text = "comment_magics = false\ncell_markers = '+++'\ncustom_cell_magics = ['a', 'b']"
        #expect(try Self.settings(text).options == options)
        let old = "cell_markers = '+++'\ncomment_magics = false\ncustom_cell_magics = 'a,b'"
        #expect(try Self.settings(old, .jupytext).options == options)
        var markers = FormatOptions()
        try markers.set("cell_markers", to: "+++")
        #expect(try Self.settings("default_cell_markers = '+++'", .jupytext).options == markers)
    }

    @Test(arguments: [
        ("\nformts = 1", "there is no setting 'formts'", 2, 0),
        ("comment_magics = 'yes'", "'comment_magics' is a text, not true or false", 1, 0),
        ("cell_markers = true", "'cell_markers' is a boolean, not a text", 1, 0),
        ("cell_markers = 2024-01-01", "'cell_markers' is a number or a time, not a text", 1, 0),
        ("formats = 1", "'formats' is a number, not a text", 1, 0),
        ("formats = 'py'", "'py' does not name a notebook and a percent script", 1, 0),
        ("notebook_extensions = 'ipynb'", "there is no setting 'notebook_extensions'", 1, 0),
        ("a = [1", "not TOML: Error while parsing array: encountered end-of-file", 1, 7),
        (
            "a = 1\na = 2",
            "not TOML: Error while parsing key-value pair: cannot redefine existing integer 'a'",
            2, 5
        ),
    ]) func `what is wrong is told with its line`(
        text: String, message: String, line: Int, column: Int
    ) {
        #expect {
            try Self.settings(text)
        } throws: { error in
            let failure = error as? Failure
            return failure?.message == message && failure?.line == line
                && failure?.column ?? 0 == column && failure?.path == "nbgit.toml"
        }
    }

    @Test func `jupytext's other settings are left alone`() throws {
        let text = "notebook_extensions = 'ipynb'\noutdated_text_notebook_margin = 1.0"
        #expect(try Self.settings(text, .jupytext).formats.isEmpty)
    }

    @Test func `pairs that only jupytext can keep are no mistake in its settings`() throws {
        let text = "formats = 'ipynb,md'\ncell_markers = '+++'"
        let settings = try Self.settings(text, .jupytext)
        #expect(settings.formats.isEmpty)
        #expect(settings.options != FormatOptions())
        #expect(throws: Failure.self) { try Self.settings(text) }
    }

    /// As jupytext 1.19.6, whose default for it is true.
    @Test func `raw cells for root metadata are only written down where they are not wanted`()
        throws
    {
        let name = "root_level_metadata_as_raw_cell"
        #expect(try Self.settings("\(name) = true").options == FormatOptions())
        #expect(try Self.settings("\(name) = false").options != FormatOptions())
    }

    @Test(arguments: [
        ("jupytext.yml", "cell_markers: '+++'\ncomment_magics: no\ncustom_cell_magics: [a, b]\n"),
        (
            ".jupytext.yaml",
            "---\ndefault_cell_markers: +++\ncomment_magics: false\ncustom_cell_magics: a,b"
        ),
        (
            "jupytext.json",
            #"{"cell_markers": "+++", "comment_magics": false, "custom_cell_magics": ["a", "b"]}"#
        ),
        (
            ".jupytext.json",
            "{\"cell_markers\": \"+++\",\n\t\"comment_magics\": false, \"custom_cell_magics\": \"a,b\", \"formats\": null}"
        ),
        (".jupytext", "cell_markers = '+++'\ncomment_magics = false\ncustom_cell_magics = 'a,b'"),
    ]) func `settings in YAML and JSON say the same`(name: String, text: String) throws {
        let folder = try TemporaryDirectory()
        try folder.write(text, to: name)
        var options = FormatOptions()
        try options.set("cell_markers", to: "+++")
        try options.set("comment_magics", to: "false")
        try options.set("custom_cell_magics", to: "a,b")
        #expect(try Self.settings(around: "x.ipynb", in: folder)?.options == options)
    }

    @Test(arguments: [
        ("jupytext.yml", "formats:\n  notebooks/: ipynb\n  scripts/: py:percent\n"),
        ("jupytext.json", #"{"formats": {"notebooks/": "ipynb", "scripts/": "py:percent"}}"#),
        ("jupytext.yml", "formats: notebooks///ipynb,scripts///py:percent"),
    ]) func `formats in YAML and JSON may be tables`(name: String, text: String) throws {
        let folder = try TemporaryDirectory()
        try folder.write(text, to: name)
        let formats = try Self.settings(around: "x.ipynb", in: folder)?.formats
        #expect(
            formats?.first?.script(of: "notebooks/b/a.ipynb", fileExtension: nil)
                == "scripts/b/a.py")
    }

    @Test(arguments: [
        ("jupytext.yml", "\n# formats\nformts: 1\n", "there is no setting 'formts'", 3, 0),
        (
            "jupytext.yaml", "comment_magics: 'yes'",
            "'comment_magics' is a text, not true or false", 1, 0
        ),
        ("jupytext.yml", "a: [1", "not YAML: did not find expected ',' or ']'", 1, 6),
        ("jupytext.yml", "- formats", "not names and values", 1, 0),
        (
            "jupytext.json", "{\n \"cell_markers\":\n true}",
            "'cell_markers' is a boolean, not a text", 2, 0
        ),
        ("jupytext.json", "{\"formats\": }", "not JSON: expected a value", 1, 13),
        ("jupytext.json", "[]", "not names and values", 1, 0),
        (".jupytext.py", "c.formats = ''", "settings in Python cannot be read", 0, 0),
    ]) func `what is wrong in YAML and JSON is told with its line`(
        name: String, text: String, message: String, line: Int, column: Int
    ) throws {
        let folder = try TemporaryDirectory()
        try folder.write(text, to: name)
        #expect {
            try Self.settings(around: "x.ipynb", in: folder)
        } throws: { error in
            let failure = error as? Failure
            return failure?.message == message && failure?.line ?? 0 == line
                && failure?.column ?? 0 == column && failure?.path?.name == Path(name)
        }
    }

    @Test func `an empty YAML file says nothing`() throws {
        let folder = try TemporaryDirectory()
        try folder.write("# nothing yet\n", to: "jupytext.yml")
        #expect(try Self.settings(around: "x.ipynb", in: folder)?.formats.isEmpty == true)
    }

    // MARK: Which file counts

    @Test(arguments: [
        (["nbgit.toml", "jupytext.toml"], "nbgit.toml"),
        (["jupytext.toml", ".jupytext"], "jupytext.toml"),
        ([".jupytext", "../nbgit.toml"], ".jupytext"),
        (["../nbgit.toml"], "../nbgit.toml"),
        (["jupytext", ".jupytext.toml"], "jupytext"),
        (["../../nbgit.toml", "../jupytext"], "../jupytext"),
    ]) func `the nearest file counts, and nbgit's own first`(
        files: [String], wanted: String
    ) throws {
        let folder = try TemporaryDirectory()
        try folder.makeFolder("a/b")
        for file in files { try folder.write("comment_magics = true", to: "a/b/\(file)") }
        let found = try Self.settings(around: "a/b/x.ipynb", in: folder)
        let place = try #require(found?.file.relative(to: File.resolved(Path(folder.path))))
        #expect(place == Path("a/b").appending(Path(wanted)).normalized)
    }

    @Test(arguments: [
        ("[tool.nbgit]\ncell_markers = '1'\n[tool.jupytext]\ncell_markers = '2'", "1"),
        ("[tool.jupytext]\ncell_markers = '2'", "2"), ("[tool.other]\nx = 1", nil),
    ]) func `a project's own table counts`(text: String, marker: String?) throws {
        let folder = try TemporaryDirectory()
        try folder.write(text, to: "pyproject.toml")
        let found = try Self.settings(around: "x.ipynb", in: folder)
        var options = FormatOptions()
        if let marker { try options.set("cell_markers", to: marker) }
        #expect(found?.options ?? FormatOptions() == options)
    }

    private static func settings(
        around path: Path, in folder: TemporaryDirectory
    ) throws -> Settings? {
        let place = try File.resolved(Path(folder.path))
        let environment = Environment(["JUPYTEXT_CEILING_DIRECTORIES": folder.path])
        var finder = SettingsFinder(environment: environment)
        return try finder.settings(around: place.appending(path))
    }
}
