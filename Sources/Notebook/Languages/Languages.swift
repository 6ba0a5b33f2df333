/// The languages that scripts are written in, and how a notebook leads to one of them.
public enum Languages {
    private static let hash = Language.Comment("#")
    private static let slashes = Language.Comment("//")
    private static let dashes = Language.Comment("--")
    private static let semicolons = Language.Comment(";;")
    private static let percent = Language.Comment("%")
    private static let ml = Language.Comment("(*", "*)")
    private static let c = Language.Comment("/*", "*/")

    /// jupytext's table, in its order (of two extensions for one language the first is written), then ours.
    public static let all: [Language] = [
        Language(".py", "python", hash),
        Language(".coco", "coconut", hash),
        Language(".R", "R", hash),
        Language(".r", "R", hash),
        Language(".jl", "julia", hash),
        Language(".cpp", "c++", slashes),
        Language(".ss", "scheme", semicolons),
        Language(".clj", "clojure", semicolons),
        Language(".scm", "scheme", semicolons),
        Language(".sh", "bash", hash),
        Language(".ps1", "powershell", hash),
        Language(".q", "q", Language.Comment("/")),
        Language(".m", "matlab", percent, .none),
        Language(".wolfram", "wolfram language", ml),
        Language(".pro", "idl", Language.Comment(";")),
        Language(".js", "javascript", slashes),
        Language(".ts", "typescript", slashes),
        Language(".scala", "scala", slashes),
        Language(".rs", "rust", slashes, .colon),
        Language(".robot", "robotframework", hash),
        Language(".resource", "robotframework", hash),
        Language(".cs", "csharp", slashes, .shebang),
        Language(".fsx", "fsharp", slashes),
        Language(".fs", "fsharp", slashes),
        Language(".sos", "sos", hash),
        Language(".java", "java", slashes),
        Language(".groovy", "groovy", slashes),
        Language(".sage", "sage", hash),
        Language(".ml", "ocaml", ml),
        Language(".hs", "haskell", dashes),
        Language(".tcl", "tcl", hash),
        Language(".mac", "maxima", c),
        Language(".gp", "gnuplot", hash),
        Language(".do", "stata", slashes),
        Language(".sas", "sas", c, .none),
        Language(".jenner", "jenner", c, .none),
        Language(".xsh", "xonsh", hash),
        Language(".lgt", "logtalk", percent, .none),
        Language(".logtalk", "logtalk", percent, .none),
        Language(".lua", "lua", dashes),
        Language(".go", "go", slashes, .gonb),
        Language(".sql", "sql", dashes),
        Language(".kts", "kotlin", slashes),
        Language(".swift", "swift", slashes),
    ]

    /// The language of scripts and notebooks that name none.
    public static let python = all[0]

    /// The language of scripts that end in `fileExtension` (with the dot; case matters: `.R`).
    public static func language(withExtension fileExtension: String) -> Language? {
        all.first { $0.fileExtension == fileExtension }
    }

    /// The first language called `name` in any of its spellings.
    static func language(named name: String) -> Language? {
        usualNames.firstIndex(of: Language.usualName(name)).map { all[$0] }
    }

    /// Looked through, as so few are; making a dictionary takes longer than a conversion asks.
    private static let usualNames = all.map { Language.usualName($0.name) }

    /// The language called `name`, as the cells of a script in `script` see it.
    ///
    /// In a script that jupytext knows, the languages that it does not know have no comments and no magics,
    /// as with jupytext. In our own, a name that nobody knows is a dialect: `sqlite` is SQL.
    static func language(named name: String, in script: Language) -> Language? {
        guard let language = language(named: name) else { return script.isOurs ? script : nil }
        return language.isOurs && language != script ? nil : language
    }

    /// The languages that a first line `%%word` hands a cell to; case matters, `%%r` is no language.
    static let cellMagics: Set<String> = [
        "bash", "c#", "c++", "clojure", "coconut", "cs", "csharp", "cython", "f#", "fs", "fsharp",
        "gnuplot", "go", "groovy", "haskell", "html", "idl", "java", "javascript", "jenner", "js",
        "julia", "latex", "logtalk", "lua", "markdown", "matlab", "maxima", "ocaml", "octave",
        "perl",
        "powershell", "pypy", "python", "python2", "python3", "q", "R", "robotframework", "ruby",
        "rust", "sage", "sas", "scala", "scheme", "script", "sh", "sos", "spark", "sql", "stata",
        "svg",
        "tcl", "typescript", "wolfram language", "xonsh",
    ]

    // MARK: From a notebook

    /// The language that a notebook's metadata name, for `--to auto:percent`.
    ///
    /// The file extension in `language_info` comes first, as jupytext reads it; then the language of the
    /// kernelspec, of the jupytext section and of `language_info`; then the kernel's own name. A
    /// notebook that names nothing is Python, as nearly all of those are. Nil when a language is named
    /// that no script can be written in.
    public static func language(of metadata: JSONObject) -> Language? {
        let information = metadata["language_info"]?.object
        let kernelspec = metadata["kernelspec"]?.object
        let kernelLanguage = kernelspec?["language"]?.string
        if let fileExtension = information?["file_extension"]?.string {
            let usual = usualExtension(fileExtension)
            if usual == ".py", kernelLanguage == "sage" { return language(withExtension: ".sage") }
            if let language = language(withExtension: usual) { return language }
        }
        let named = [
            kernelLanguage, metadata["jupytext"]?.object?["main_language"]?.string,
            information?["name"]?.string,
        ].compactMap(\.self)
        for name in named {
            if let language = language(named: name) ?? language(ofKernel: name) { return language }
        }
        if let kernel = kernelspec?["name"]?.string, let language = language(ofKernel: kernel) {
            return language
        }
        return named.isEmpty && information?["file_extension"] == nil ? python : nil
    }

    private static func usualExtension(_ fileExtension: String) -> String {
        switch fileExtension {
        case ".r": ".R"
        case ".fs": ".fsx"
        case ".resource": ".robot"
        case ".C": ".cpp"
        case ".kt": ".kts"
        default: fileExtension
        }
    }

    /// The languages of kernels that are not called after theirs.
    private static let kernels: [String: String] = [
        "ir": "R", "irkernel": "R", "xr": "R", "xcpp": "c++", "cling": "c++", "gophernotes": "go",
        "gonb": "go", "evcxr": "rust", "almond": "scala", "spylon": "scala", "toree": "scala",
        "apache_toree_scala": "scala", "tslab": "typescript", "itypescript": "typescript",
        "deno": "typescript", "jslab": "javascript", "ijavascript": "javascript", "ijava": "java",
        "rapaio": "java", "ihaskell": "haskell", "calysto_scheme": "scheme", "calysto_bash": "bash",
        "xsql": "sql", "xlua": "lua", "ilua": "lua", "xpython": "python", "ipython": "python",
        "pyspark": "python", "pysparkkernel": "python", "imatlab": "matlab", "beakerx": "groovy",
        "pwsh": "powershell", "sagemath": "sage",
    ]

    /// The language of a kernel called `name`: `python3`, `julia-1.10`, `ir`, `xcpp17`, `.net-csharp`.
    private static func language(ofKernel name: String) -> Language? {
        var name = name.lowercased()
        if name.hasPrefix(".net-") { name.removeFirst(5) }
        let word = String(name.prefix { !$0.isNumber && !"-_ .".contains($0) })
        return language(named: kernels[name] ?? kernels[word] ?? word)
    }
}
