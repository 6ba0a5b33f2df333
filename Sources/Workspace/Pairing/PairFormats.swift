internal import Notebook
internal import Platform

/// The formats of a pair: `ipynb,py:percent`.
struct PairFormats: Hashable, Sendable {
    let notebook: PairFormat
    let script: PairFormat
    /// The formats as they were written.
    let text: String

    /// Reads the formats of a pair.
    ///
    /// - Throws: ``Failure`` for what is no format, and without a notebook or a percent script among them.
    init(_ text: String) throws(Failure) {
        var formats: [PairFormat] = []
        for word in text.split(separator: ",") {
            let word = word.filter { $0 != " " }
            guard let format = PairFormat(word) else {
                // Other text formats may stand there for other programs.
                if Self.isForOthers(word) { continue }
                throw Failure(
                    "'\(Path(word).displayName)' is no format of a pair",
                    hint: "write for example 'ipynb,py:percent' or 'ipynb,scripts//py:percent'")
            }
            formats.append(format)
        }
        guard let notebook = formats.first(where: \.format.isNotebook),
            let script = formats.first(where: { !$0.format.isNotebook })
        else {
            throw Self.failure(text, isNotebook: formats.contains(where: \.format.isNotebook))
        }
        self.notebook = notebook
        self.script = script
        self.text = text
    }

    /// What a notebook, or the header of a script, says its faces are; nil when it says nothing of a pair.
    ///
    /// - Throws: ``Failure`` where it says something that is no pair.
    init?(in metadata: JSONObject) throws(Failure) {
        guard let text = metadata["jupytext"]?.object?["formats"]?.string else { return nil }
        try self.init(text)
    }

    /// The formats as jupytext writes them: with the notebook's extension for `auto`, and with `percent` said.
    func text(fileExtension: String?) -> String {
        text.split(separator: ",").map { word in
            var word = word.filter { $0 != " " }
            guard let format = PairFormat(word)?.format, !format.isNotebook else { return word }
            if !word.hasSuffix(":percent") { word += ":percent" }
            guard format == .percent(nil), let fileExtension else { return word }
            return word.dropLast("auto:percent".count) + fileExtension + ":percent"
        }.joined(separator: ",")
    }

    /// Says that `text` names no pair: a person's mistake, or what only other programs keep in step.
    private static func failure(_ text: String, isNotebook: Bool) -> Failure {
        let name = Path(text).displayName
        let others = text.split(separator: ",").map { $0.filter { $0 != " " } }.filter(isOfJupytext)
        guard isNotebook, !others.isEmpty else {
            return Failure(
                "'\(name)' does not name a notebook and a percent script",
                hint: "write for example 'ipynb,py:percent'")
        }
        let list = others.map { "'\(Path($0).displayName)'" }.joined(separator: " and ")
        var failure = Failure(
            "its formats are '\(name)', and nbgit writes percent scripts, not \(list)")
        failure.isForOthers = true
        return failure
    }

    /// Whether jupytext writes a format that nbgit does not.
    private static func isOfJupytext(_ word: String) -> Bool {
        guard let colon = word.lastIndex(of: ":") else { return isForOthers(word) }
        let names = [
            "bare", "hydrogen", "light", "markdown", "marimo", "myst", "nomarker", "pandoc",
            "quarto",
            "rmarkdown", "rst2md", "sphinx", "spin",
        ]
        return names.contains(String(word[word.index(after: colon)...]))
    }

    private static func isForOthers(_ word: String) -> Bool {
        let name = word.split(separator: "/").last?.split(separator: ":") ?? []
        let ending = name.first?.split(separator: ".").last ?? ""
        return ["md", "Rmd", "qmd", "markdown", "rst"].contains(ending) || name.count == 2
    }

    /// The script of the notebook at `path`; nil where the formats give it none.
    ///
    /// For `auto` it has the `fileExtension` of the notebook's language.
    func script(of path: Path, fileExtension: String?) -> Path? {
        notebook.stem(of: path).flatMap { script.path(of: $0, fileExtension: fileExtension) }
    }

    /// The notebook of the script at `path`; nil where the formats do not tell it.
    func notebook(of path: Path) -> Path? {
        script.stem(of: path).flatMap { notebook.path(of: $0, fileExtension: nil) }
    }
}
