@testable import Notebook
import Testing

@Suite struct FileFormatTests {
    private func name(_ format: FileFormat?) -> String? {
        switch format {
        case nil: nil
        case .notebook: "notebook"
        case .percent(let language): language?.fileExtension ?? "auto"
        }
    }

    @Test(
        arguments: [
            ("ipynb", "notebook"), (".ipynb", "notebook"), ("py", ".py"), (".py", ".py"),
            ("py:percent", ".py"),
            (".py:percent", ".py"), ("R", ".R"), ("r:percent", ".r"), ("auto", "auto"),
            ("auto:percent", "auto"),
            ("ipynb:percent", nil), ("py:light", nil), ("py:", nil), ("PY", nil), ("", nil),
            (":percent", nil),
            ("md", nil), ("python", nil), ("..py", nil), ("py:percent:x", nil),
        ] as [(String, String?)])
    func `a format is read`(text: String, format: String?) {
        #expect(name(FileFormat(text)) == format)
    }

    @Test(
        arguments: [
            ("ipynb", "notebook"), ("py", ".py"), ("auto", nil), ("py:percent", nil), (nil, nil),
            ("", nil), ("txt", nil),
        ] as [(String?, String?)])
    func `a file's extension tells its format`(fileExtension: String?, format: String?) {
        #expect(name(FileFormat(fileExtension: fileExtension)) == format)
    }

    @Test func `every name can be asked for`() {
        for format in FileFormat.names { #expect(FileFormat(format) != nil, "\(format)") }
        #expect(FileFormat("ipynb")?.fileExtension == "ipynb")
        #expect(FileFormat("ipynb")?.isNotebook == true)
        #expect(FileFormat("R:percent")?.fileExtension == "R")
        #expect(FileFormat("auto")?.fileExtension == nil)
    }

    // MARK: Traits of scripts

    @Test(
        arguments: [
            (
                "# ---\n# jupyter:\n#   jupytext:\n#     text_representation:\n#       format_name: percent\n# ---\n",
                true
            ),
            (
                "# ---\n# jupyter:\n#   jupytext:\n#     text_representation:\n#       format_name: hydrogen\n# ---\n",
                true
            ),
            (
                "# ---\n# jupyter:\n#   jupytext:\n#     text_representation:\n#       format_name: light\n# ---\n# %%\n",
                false
            ),
            ("# ---\n# jupyter:\n#   a: 1\n# ---\n", true), ("# ---\n# a: 1\n# ---\n", false),
            ("x\n# %%\ny\n", true),
            ("x\n", false), ("", false), ("'''\n# %%\n'''\n", false), ("  # %%\n", false),
            ("#%% x\n", true),
            ("# In[1]:\n", true), ("# %%% x\n", true), ("# %%%\n", false),
        ])
    func `a header or a marker makes a percent script`(text: String, isPercent: Bool) {
        #expect(
            ScriptTraits(of: Array(text.utf8), language: Languages.python).isPercent == isPercent)
    }

    @Test(
        arguments: [
            ("1.16.7", "1.16.7"), ("'1.2'", "1.2"), ("1.2", "1.2"), ("1.10", "1.10"), ("[1]", nil),
        ] as [(String, String?)])
    func `the version of jupytext is found`(yaml: String, version: String?) {
        let text =
            "# ---\n# jupyter:\n#   jupytext:\n#     text_representation:\n#       jupytext_version: \(yaml)\n# ---\n"
        let traits = ScriptTraits(of: Array(text.utf8), language: Languages.python)
        #expect(traits.jupytextVersion == version)
    }

    @Test func `bytes that are not UTF-8 have no traits`() {
        let traits = ScriptTraits(of: Array("# %%\n".utf8) + [0xFF], language: Languages.python)
        #expect(!traits.isPercent)
        #expect(traits.jupytextVersion == nil)
    }

    @Test(arguments: Languages.all)
    func `a script without a name tells its language`(language: Language) {
        let notebook = Notebook(cells: [Cell(kind: .code, source: [0x78])])
        let script = PercentWriter.script(of: notebook, language: language).bytes
        #expect(Languages.language(ofScript: script) == language)
        #expect(Languages.language(ofScript: Array("# %%\n".utf8)) == nil)
    }
}
