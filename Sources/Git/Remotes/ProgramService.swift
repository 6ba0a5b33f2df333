internal import Platform

/// A repository that a program leads to: `ssh`, or git's own for a folder of this machine.
///
/// What the program writes to standard error is shown as what a server says.
final class ProgramService: SmartService {
    /// The program, told which of git's services to run.
    private let makeSubprocess: (SmartRequest) -> Subprocess
    private let name: String
    private let limits: NetworkLimits
    private let isPatient: Bool
    private let observe: (TransferEvent) -> Void
    private var conversation: Conversation?
    private var complaints = ServerText()
    private var lastComplaint: String?
    private var hasHeard = false

    let isStateless = false

    /// Prepares; nothing is started yet.
    ///
    /// - Parameters:
    ///   - name: What people call the other side.
    ///   - limits: How long to wait for its next byte.
    ///   - isPatient: Whether the first byte may take as long as it likes, because the program asks the person.
    ///   - observe: Is told what it says.
    ///   - makeSubprocess: The program for a request.
    init(
        _ name: String, _ limits: NetworkLimits, isPatient: Bool,
        _ observe: @escaping (TransferEvent) -> Void,
        _ makeSubprocess: @escaping (SmartRequest) -> Subprocess
    ) {
        self.name = name
        self.limits = limits
        self.isPatient = isPatient
        self.observe = observe
        self.makeSubprocess = makeSubprocess
    }

    func begin(_ request: SmartRequest) throws(GitError) {
        guard request.isAdvertisement else { return }
        var subprocess = makeSubprocess(request)
        subprocess.errors = .captured(atMost: 0)
        do throws(SystemError) {
            conversation = try Conversation(with: subprocess)
        } catch {
            guard !error.isInterruption else { throw GitError(error) }
            throw GitError(
                "'\(subprocess.program.displayName)' cannot be run: \(error.reason)",
                hint: "install it, or use an https address", network: .notReached)
        }
        conversation?.idleLimit = isPatient ? nil : limits.connecting + limits.idle
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws(GitError) {
        do throws(SystemError) {
            try conversation?.send(Array(bytes))
        } catch {
            throw explained(error)
        }
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(GitError) -> Int {
        guard let conversation else { return 0 }
        let bytes: [UInt8]
        do throws(SystemError) {
            bytes = try conversation.receive(atMost: buffer.count)
        } catch {
            throw explained(error)
        }
        passOn(conversation.takeComplaints())
        guard !bytes.isEmpty else { throw ended(conversation) }
        if !hasHeard {
            hasHeard = true
            conversation.idleLimit = limits.idle
        }
        buffer.copyBytes(from: bytes)
        return bytes.count
    }

    func end() {}

    func close() {
        guard let conversation else { return }
        _ = try? conversation.end()
        passOn(conversation.takeComplaints())
        self.conversation = nil
    }

    private func passOn(_ bytes: [UInt8]) {
        for line in complaints.lines(in: bytes) {
            if !line.text.isEmpty { lastComplaint = line.text }
            observe(.serverLine(line.text, isPassing: line.isPassing))
        }
    }

    /// The program says no more though more was to come.
    private func ended(_ conversation: Conversation) -> GitError {
        let status = try? conversation.end()
        passOn(conversation.takeComplaints())
        if let line = complaints.lastLine() { observe(.serverLine(line.text, isPassing: false)) }
        self.conversation = nil
        // A person's Ctrl-C reaches the program as well, and it may be gone first.
        guard !Interrupt.isRequested else { return .interruption }
        guard !hasHeard else {
            return GitError("\(name) ended in the middle", hint: "try again", network: .cut)
        }
        return GitError(
            "\(name) does not answer" + (status.map { ": it \($0.sentence)" } ?? ""),
            hint:
                "see what it says above; look for a slip in the address, and whether you may go there",
            network: .notReached)
    }

    private func explained(_ error: SystemError) -> GitError {
        guard !error.isInterruption else { return .interruption }
        if let conversation, error.isBrokenPipe { return ended(conversation) }
        if error.isTimeout {
            return GitError(
                "nothing came from \(name) for \(limits.idle.inSeconds)",
                hint: "try again, or wait longer: "
                    + "git config nbgit.idleTimeout \(2 * limits.idle.components.seconds)",
                network: .silent)
        }
        return GitError("\(name): \(error.reason)", network: .cut)
    }
}
