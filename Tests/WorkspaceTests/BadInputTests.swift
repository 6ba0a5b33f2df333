import Support
import Testing

/// Files that cannot be converted: one clear line, status 2, and nothing else happens.
@Suite struct BadInputTests {
    // MARK: Notebooks

    static let notJSON: [BadInput] = [
        BadInput("empty", "", "the file is empty, not a notebook"),
        BadInput("white space only", " \n\n\t", "the file is empty, not a notebook"),
        BadInput(
            "a byte order mark only", [0xEF, 0xBB, 0xBF], "", "the file is empty, not a notebook"),
        BadInput(
            "cut off in a string", #"{"cells": [{"cell_ty⟪here⟫"#, "the file ends inside a string"),
        BadInput(
            "cut off behind a cell", "{\"cells\": [\n{}⟪here⟫",
            "the file ends where ',' or ']' is expected"),
        BadInput(
            "cut off behind a comma", "{\"cells\": [],\n⟪here⟫",
            "the file ends where a member name in double quotes is expected"),
        BadInput(
            "a page of HTML", "⟪here⟫<html></html>\n", "not a notebook: expected '{'"),
        BadInput("a script", "⟪here⟫# %%\n1 + 1\n", "not a notebook: expected '{'"),
        BadInput(
            "Python's quotes", "{⟪here⟫'cells': []}", "expected a member name in double quotes"),
        BadInput(
            "a comma too many", #"{"cells": [],⟪here⟫}"#, "expected a member name in double quotes"),
        BadInput("two notebooks", "{\"é\": 1}\n⟪here⟫{}", "expected the end of the file"),
        BadInput(
            "a line end in a string", "{\"cells\": \"a⟪here⟫\nb\"}",
            "control character 0x0A in a string"),
        BadInput("a zero byte", "{\"cells\"⟪here⟫\0: []}", "expected ':'"),
        BadInput("an unknown escape", #"{"a": "⟪here⟫\x41"}"#, "unknown escape in a string"),
        BadInput(
            "20,000 arrays in each other",
            String(repeating: "[", count: 1000) + "⟪here⟫" + String(repeating: "[", count: 19_000)
                + String(repeating: "]", count: 20_000), "nested more than 1000 levels deep"),
        BadInput(
            "20,000 objects in each other",
            String(repeating: #"{"a":"#, count: 1000) + "⟪here⟫"
                + String(repeating: #"{"a":"#, count: 19_000), "nested more than 1000 levels deep"),
        BadInput(
            "Latin-1", Array("{\n \"cells\": [\"".utf8) + [0xE9] + Array("\"]}".utf8), ":2:13",
            "not UTF-8: 0xE9 (byte 14)"),
        BadInput(
            "UTF-16", [0xFF, 0xFE, 0x7B, 0x00], "", "the file is UTF-16, not UTF-8",
            hint: BadInput.utf8Hint),
    ]

    static let conflicts: [BadInput] = [
        "⟪here⟫<<<<<<< HEAD\n{}\n", "{\"cells\": [\n⟪here⟫<<<<<<< HEAD\n{}\n",
        "{\"cells\": [],\n⟪here⟫<<<<<<< HEAD\n\"metadata\": {}\n",
        "{\"cells\": [{\"source\": [\"a\",\n⟪here⟫<<<<<<< Updated upstream\n\"b\"]}]}",
        "{\"cells\": [\n⟪here⟫=======\n", "{\"cells\": []\n⟪here⟫>>>>>>> branch\n}",
        "{\"cells\": []\n⟪here⟫||||||| 1234567\n}",
    ].map { text in
        let marker = text.split(separator: "⟫")[1].prefix(7)
        let place = text.hasPrefix("⟪") ? "at the start" : "in line 2 or 3"
        return BadInput(
            "conflict marker \(marker) \(place)", text, "merge conflict marker '\(marker)'",
            hint: "resolve the conflict first, or take one side with 'git checkout --ours' or "
                + "'--theirs'")
    }

    /// A notebook with one part in place of its own, or without it.
    private static func notebook(_ part: String, _ json: String?) -> String {
        var parts = ["cells": "[]", "metadata": "{}", "nbformat": "4", "nbformat_minor": "5"]
        parts[part] = json
        let members = parts.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \($0.value)" }
        return "{\(members.joined(separator: ", "))}"
    }

    /// A notebook whose second cell has one part in place of its own, or is without it.
    private static func cell(_ part: String, _ json: String?) -> String {
        var parts = ["cell_type": "\"code\"", "metadata": "{}", "source": "\"1\""]
        parts[part] = json
        let members = parts.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \($0.value)" }
        let first = #"{"cell_type": "raw", "metadata": {}, "source": ""}"#
        return notebook("cells", "[\(first), {\(members.joined(separator: ", "))}]")
    }

    static let wrongTypes: [BadInput] = [
        BadInput("root []", "[]", "not a notebook: the file holds an array, not an object"),
        BadInput("root null", "null", "not a notebook: the file holds null, not an object"),
        BadInput("root string", "\"x\"", "not a notebook: the file holds a string, not an object"),
        BadInput("root number", "1", "not a notebook: the file holds a number, not an object"),
        BadInput("root true", "true", "not a notebook: the file holds a boolean, not an object"),
        BadInput("an empty object", "{}", "not a notebook: 'nbformat' is missing"),

        BadInput(
            "nbformat missing", notebook("nbformat", nil), "not a notebook: 'nbformat' is missing"),
        BadInput(
            "nbformat string", notebook("nbformat", "\"4\""),
            "'nbformat' is a string, not a whole number"),
        BadInput(
            "nbformat null", notebook("nbformat", "null"),
            "'nbformat' is null, not a whole number"),
        BadInput(
            "nbformat array", notebook("nbformat", "[4]"),
            "'nbformat' is an array, not a whole number"),
        BadInput(
            "nbformat too large", notebook("nbformat", "99999999999999999999"),
            "'nbformat' is 99999999999999999999, not a version of the format"),
        BadInput(
            "nbformat 5", notebook("nbformat", "5"), "nbformat 5 is not known",
            hint: "it is newer than this nbgit: save it as nbformat 4, or update nbgit"),
        BadInput(
            "nbformat 2", notebook("nbformat", "2"), "nbformat 2 is too old",
            hint: "open and save it in Jupyter, or run 'jupyter nbconvert --to notebook'"),
        BadInput(
            "nbformat_minor string", notebook("nbformat_minor", "\"5\""),
            "'nbformat_minor' is a string, not a whole number"),

        BadInput("cells missing", notebook("cells", nil), "'cells' is missing"),
        BadInput("cells null", notebook("cells", "null"), "'cells' is null, not an array"),
        BadInput("cells object", notebook("cells", "{}"), "'cells' is an object, not an array"),
        BadInput("cells string", notebook("cells", "\"\""), "'cells' is a string, not an array"),
        BadInput(
            "cell null", notebook("cells", "[null]"), "cell 1: the cell is null, not an object"),
        BadInput(
            "cell array", notebook("cells", "[[]]"), "cell 1: the cell is an array, not an object"),
        BadInput(
            "cell string", notebook("cells", "[\"\"]"),
            "cell 1: the cell is a string, not an object"),

        BadInput("cell_type missing", cell("cell_type", nil), "cell 2: 'cell_type' is missing"),
        BadInput(
            "cell_type number", cell("cell_type", "1"),
            "cell 2: 'cell_type' is a number, not a string"),
        BadInput(
            "cell_type null", cell("cell_type", "null"),
            "cell 2: 'cell_type' is null, not a string"),
        BadInput("source missing", cell("source", nil), "cell 2: 'source' is missing"),
        BadInput(
            "source number", cell("source", "1"),
            "cell 2: 'source' is a number, not a string or a list of strings"),
        BadInput(
            "source null", cell("source", "null"),
            "cell 2: 'source' is null, not a string or a list of strings"),
        BadInput(
            "source object", cell("source", "{}"),
            "cell 2: 'source' is an object, not a string or a list of strings"),
        BadInput(
            "source with a number", cell("source", "[\"a\", 1]"),
            "cell 2: item 2 of 'source' is a number, not a string"),
        BadInput("cell metadata missing", cell("metadata", nil), "cell 2: 'metadata' is missing"),
        BadInput(
            "cell metadata null", cell("metadata", "null"),
            "cell 2: 'metadata' is null, not an object"),
        BadInput(
            "cell metadata array", cell("metadata", "[]"),
            "cell 2: 'metadata' is an array, not an object"),

        BadInput("metadata missing", notebook("metadata", nil), "'metadata' is missing"),
        BadInput(
            "metadata null", notebook("metadata", "null"), "'metadata' is null, not an object"),
        BadInput(
            "metadata array", notebook("metadata", "[]"), "'metadata' is an array, not an object"),
        BadInput(
            "metadata string", notebook("metadata", "\"\""),
            "'metadata' is a string, not an object"),
    ]

    @Test(arguments: notJSON + conflicts + wrongTypes)
    func `a file that is no notebook is named with its place, and left alone`(
        input: BadInput
    ) throws {
        try input.expectRefusal(named: "a.ipynb")
    }

    @Test(
        arguments: (notJSON + conflicts + wrongTypes).filter { row in
            ["cut off in a string", "Latin-1", "source with a number"].contains(row.name)
        })
    func `the script that is there stays when its notebook cannot be read`(input: BadInput) throws {
        try input.expectRefusal(named: "a.ipynb", beside: ["a.py": ProgramFolder.script])
        try input.expectRefusal(
            named: "a.ipynb", beside: ["a.py": ProgramFolder.script],
            arguments: ["--force"])
    }

    // MARK: What is accepted

    @Test(arguments: [
        ("a byte order mark", "\u{FEFF}" + ProgramFolder.notebook),
        ("no minor version", #"{"cells": [], "metadata": {}, "nbformat": 4}"#),
        ("an unknown cell type", cell("cell_type", "\"query\"")),
        ("an empty source", cell("source", "[]")),
        ("outputs of a wrong type", cell("outputs", "3")),
        ("a kernel of a wrong type", notebook("metadata", #"{"kernelspec": ["x"]}"#)),
        ("a jupytext section of a wrong type", notebook("metadata", #"{"jupytext": []}"#)),
        ("half a surrogate pair", cell("source", #""\ud83d""#)),
        ("a key twice", cell("source", #""1", "source": "2""#)),
    ])
    func `what does not matter for the script is no error`(name: String, text: String) throws {
        let folder = try ProgramFolder()
        try folder.scratch.write(text, to: "a.ipynb")
        let finished = try folder.convert("a.ipynb")
        #expect(finished.errorText == "wrote a.py\n")
        #expect(finished.status == 0)
    }

    @Test func `a byte order mark is not part of the text`() throws {
        let folder = try ProgramFolder()
        try folder.scratch.write("\u{FEFF}" + ProgramFolder.notebook, to: "a.ipynb")
        try #require(folder.convert("a.ipynb").status == 0)
        #expect(try folder.scratch.text("a.py") == ProgramFolder.script)
    }
}
