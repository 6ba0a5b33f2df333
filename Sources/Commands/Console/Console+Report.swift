internal import Git
internal import Notebook
internal import Platform
internal import Workspace

/// The report of `--json`: what every command says in the same words goes around what each has to say.
///
///     {"operation": "auth login", "repository": null, "ok": true, "message": "…", …, "seconds": 0.021}
///
/// A list, such as that of remotes, is printed as it is.
extension Console {
    /// Takes one JSON value for standard output: what `--json` promises, on a line of its own.
    ///
    /// An object is printed when the command has ended, by ``finishReport(of:_:_:)``.
    func put(_ value: JSONValue) throws(Failure) {
        guard let object = value.object else { return try give(value) }
        if let report { try give(.object(report)) }
        report = object
    }

    /// Prints the report, if there is one, or if the command failed that was to make one.
    ///
    /// - Parameters:
    ///   - operation: What the command is called.
    ///   - isDone: Whether it did what it was asked.
    ///   - failure: Why it could not; nil where it could.
    /// - Throws: ``Failure`` where nobody takes it.
    func finishReport(
        of operation: String, isDone: Bool, _ failure: Failure? = nil
    ) throws(Failure) {
        guard var rest = report ?? failure.map({ _ in [:] }) else { return }
        report = nil
        if let failure {
            rest["ok"] = false
            rest["error"] = rest["error"] ?? failure.json
        }
        let isOK = rest["ok"]?.bool ?? isDone
        let problem = failure?.message ?? rest["error"]?.object?["message"]?.string ?? firstProblem
        let said = (isOK ? nil : problem) ?? firstSentence
        let message = said ?? (isOK ? "done" : "the answer is no")
        var object: JSONObject = [
            "operation": rest["operation"] ?? operation.json,
            "repository": rest["work_tree"] ?? repository.json, "ok": isOK.json,
            "message": rest["message"] ?? message.json,
        ]
        object.add(rest)
        object["seconds"] = rest["seconds"] ?? .number(stopwatch.elapsed.secondsText)
        try give(.object(object))
    }

    /// Gives it to those who asked for it.
    private func give(_ report: JSONValue) throws(Failure) {
        tellCaller(["report": report])
        if !hasCaller || !tellsWords { try put(report.line + [UInt8(ascii: "\n")]) }
    }

    /// The root of the work tree around the working folder.
    private var repository: Path? {
        Repository.workTree(around: ".", environment: environment)
    }
}
