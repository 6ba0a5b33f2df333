internal import Arguments
internal import Notebook
internal import Platform
internal import Workspace

/// Where a command speaks: data to standard output, talk to standard error.
///
/// Lines are written at once, whole, so that nothing is lost when the program is stopped. What cannot be
/// written to standard error is lost in silence; who reads data from standard output learns of it.
final class Console {
    private let globals: Globals
    let environment: Environment
    private let caller: Caller?
    let stopwatch = Stopwatch()
    /// What `--json` prints in the end.
    var report: JSONObject?
    /// Whether what a report holds is also told in words; not with `--json`.
    var tellsWords = true
    /// What was said first, or would have been.
    private(set) var firstSentence: String?
    /// What went wrong first.
    private(set) var firstProblem: String?
    private var progressLine = ""
    /// What the repository's configuration says of colours; nil where a terminal decides.
    private var configuredColor: Bool?
    private var saidHints: Set<String> = []

    init(_ globals: Globals, environment: Environment, caller: Caller?) {
        self.globals = globals
        self.environment = environment
        self.caller = caller
    }

    var isQuiet: Bool { globals.isQuiet }
    var isVerbose: Bool { !isQuiet && globals.verbosity > 0 }

    // MARK: The terminal, asked when something is to be shown

    /// Whether a person looks at standard output.
    private(set) lazy var isOutputTerminal = Terminal.isConnected(to: .output) && !isInCell
    private lazy var isInCell = hasCaller || Terminal.isInNotebookCell(environment)
    private lazy var isDumb = environment["TERM"] == "dumb"

    /// Whether somebody can be asked something at the terminal.
    ///
    /// In a notebook cell the terminal looks like one, but nobody can type into it.
    private(set) lazy var isAtTerminal =
        !isInCell && environment["GIT_TERMINAL_PROMPT"] != "0" && Terminal.isPresent

    /// Whether somebody sits at a cell and has no way to answer.
    private(set) lazy var isMuteCell = isInCell && !hasCaller

    // MARK: The program that called this one

    /// Whether another program takes the report, and asks the person in our place.
    var hasCaller: Bool { caller != nil }

    /// Whether somebody can be asked something.
    var canAsk: Bool { hasCaller || isAtTerminal }

    /// Asks the person, through the caller or at the terminal.
    func ask(_ question: String, isHidden: Bool) throws(QuestionError) -> Secret {
        clearProgress()
        guard let caller else { return try Terminal.ask(question, isHidden: isHidden) }
        tellCaller(["question": question.json, "hidden": isHidden.json])
        return try caller.answer()
    }

    /// Tells the caller something, if there is one: `{"question": …, "hidden": …}` or `{"report": …}`.
    func tellCaller(_ object: JSONObject) { caller?.tell(line: JSONValue.object(object).line) }

    // MARK: How it looks

    private(set) lazy var outputStyle = style(of: .output)
    private lazy var errorStyle = style(of: .error)

    /// The width of a progress line; nil where there shall be none.
    private lazy var progressWidth: Int? =
        !isQuiet && !isInCell && !isDumb && Terminal.isConnected(to: .error)
        ? Terminal.columnCount(of: .error, environment: environment) ?? 80 : nil

    /// Honours `color.ui` and `color.<command>`; to be called before anything is shown.
    func follow(_ checkout: Checkout, command: String) {
        configuredColor = checkout.color(of: command)
    }

    private func style(of stream: StandardStream) -> Style {
        switch globals.color {
        case .always: return Style(isEnabled: true)
        case .never: return Style(isEnabled: false)
        case .auto:
            let isColorless =
                isInCell || isDumb || environment["NO_COLOR"].map { !$0.isEmpty } ?? false
            let isWanted = configuredColor ?? Terminal.isConnected(to: stream)
            return Style(isEnabled: !isColorless && isWanted)
        }
    }

    // MARK: Data

    /// Writes data to standard output.
    ///
    /// - Throws: ``Failure`` when nobody takes it; a closed pipe is one, which is said by the exit code alone.
    func put(_ bytes: [UInt8]) throws(Failure) {
        clearProgress()
        do throws(SystemError) { try StandardStream.output.write(bytes) } catch {
            throw error.isBrokenPipe
                ? Failure(Self.closedPipe) : Failure(error, about: .standardOutput)
        }
    }

    func put(line: String) throws(Failure) { try put(Array((line + "\n").utf8)) }

    /// The message of a failure that is not said: who closed the pipe knows it.
    private static let closedPipe = "broken pipe"

    // MARK: Talk

    /// Says something that is good to know.
    func say(_ line: String) {
        // What a server says is not our sentence.
        if firstSentence == nil, !line.hasPrefix("remote: ") { firstSentence = line }
        guard !isQuiet else { return }
        talk(line)
    }

    /// Says something that only `-v` asks for.
    func whisper(_ line: String) {
        guard isVerbose else { return }
        talk(line)
    }

    /// Says what went wrong and what to try; a hint that was given before is not repeated.
    func report(_ failure: Failure) {
        guard failure.message != Self.closedPipe else { return }
        firstProblem = firstProblem ?? failure.sentence
        talk("nbgit: \(errorStyle.text("error:", .error)) \(failure.sentence)")
        guard let hint = failure.hint ?? failure.suggestion, saidHints.insert(hint).inserted else {
            return
        }
        talk("\(errorStyle.text("hint:", .hint)) \(hint.printable)")
    }

    /// Says what to try where nothing went wrong.
    func suggest(_ hint: String) {
        guard !isQuiet else { return }
        talk("\(errorStyle.text("hint:", .hint)) \(hint)")
    }

    /// Shows lines to type, below a hint.
    func show(example lines: [String]) {
        for line in lines { talk("  \(line.printable)") }
    }

    /// - Parameters:
    ///   - note: What is good to know.
    ///   - path: The file it is about; nil for standard input.
    func report(_ note: Note, about path: Path?) {
        guard !isQuiet else { return }
        let subject = path.map(Failure.Subject.path) ?? .standardInput
        let cell = note.cellNumber.map { "cell \($0): " } ?? ""
        let text = "\(subject.displayName): \(cell)\(note.message.printable)"
        talk("nbgit: \(errorStyle.text("note:", .note)) \(text)")
    }

    /// Says what went wrong without stopping anything, and what to try.
    func note(_ failure: Failure) {
        guard !isQuiet else { return }
        talk("nbgit: \(errorStyle.text("note:", .note)) \(failure.sentence)")
        if let hint = failure.hint { suggest(hint) }
    }

    private func talk(_ line: String) {
        clearProgress()
        try? StandardStream.error.write(Array((line + "\n").utf8))
    }

    // MARK: Progress

    /// Shows how far a long job is, on a terminal; the line is gone when something else is said.
    func progress(_ done: Int, of total: Int, _ verb: String, suffix: String = "") {
        guard total > 1 else { return }
        progress("\(verb) \(done)/\(total) (\(done * 100 / total) %)\(suffix)")
    }

    /// Shows a line that says how far a long job is, on a terminal.
    func progress(_ line: String) {
        guard let progressWidth, line != progressLine, line.utf8.count < progressWidth else {
            return
        }
        progressLine = line
        try? StandardStream.error.write(Array("\r\(line)\u{1B}[K".utf8))
    }

    func clearProgress() {
        guard !progressLine.isEmpty else { return }
        progressLine = ""
        try? StandardStream.error.write(Array("\r\u{1B}[K".utf8))
    }
}

extension Failure {
    /// What was probably meant by a name that nobody knows.
    var suggestion: String? {
        guard let unknownName else { return nil }
        let known = unknownName.known
        return closest(to: unknownName.name, in: known).map { "did you mean '\($0)'?" }
            ?? "choose from \(known.joined(separator: ", "))"
    }

    /// The place and what is wrong there: `a.ipynb:3:1: expected ':' (byte 41)`.
    var sentence: String {
        var place = subject?.displayName ?? ""
        if let line { place += ":\(line)" }
        if let column { place += ":\(column)" }
        if !place.isEmpty { place += ": " }
        if let cellNumber { place += "cell \(cellNumber): " }
        let byte = byteOffset.map { " (byte \($0))" } ?? ""
        return place + message.printable + byte
    }
}

extension Failure.Subject {
    var displayName: String {
        switch self {
        case .path(let path): path.displayName
        case .standardInput: "standard input"
        case .standardOutput: "standard output"
        case .named(let name): name.printable
        }
    }
}

extension String {
    /// The text with control and format characters made visible, so that it cannot steer a terminal.
    var printable: String {
        unicodeScalars.reduce(into: "") { text, scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator:
                text += scalar.escaped(asASCII: true)
            default: text.unicodeScalars.append(scalar)
            }
        }
    }
}
