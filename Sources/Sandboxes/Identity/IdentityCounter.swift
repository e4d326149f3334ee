import HTTPTypes
package import Hummingbird
import Vocabulary

/// The addresses of the protocol: OpenID Connect with the authorisation code flow, with the switches.
package struct IdentityCounter: Sendable {
    private let provider: SandboxProvider
    private let pages: IdentityPages

    /// LIMIT: bytes of a form.
    private static let formBytesMax = 64 * 1024

    package init(_ provider: SandboxProvider) throws {
        (self.provider, pages) = (provider, try IdentityPages())
    }

    /// An answer to a program.
    private struct Said {
        var status = 200
        let value: JSONValue

        static func error(_ code: String, _ status: Int = 400) -> Said {
            Said(status: status, value: .record(["error": .text(code)]))
        }
    }

    package func serve(_ router: Router<FarContext>) {
        router.get(RouterPath(IdentityAddress.metadata.path)) { _, context in
            try await answer(context, .metadata) { Said(value: provider.words.metadata(provider.key.algorithm)) }
        }
        router.get(RouterPath(IdentityAddress.keys.path)) { _, context in
            try await answer(context, .keys) { Said(value: .record(["keys": .list([provider.key.published])])) }
        }
        router.get(RouterPath(IdentityAddress.signIn.path)) { request, context in
            try await begin(context, .signIn)
            return try await ask(FormText(request.uri.query ?? ""))
        }
        router.post(RouterPath(IdentityAddress.signIn.path)) { request, _ in try await choose(try await form(request)) }
        router.post(RouterPath(IdentityAddress.token.path)) { request, context in
            let form = try await form(request)
            return try await answer(context, .token) { try await token(form, request.headers[.authorization]) }
        }
        router.get(RouterPath(IdentityAddress.userInfo.path)) { request, context in
            try await answer(context, .userInfo) { await userInfo(request.headers[.authorization]) }
        }
        router.get(RouterPath(IdentityAddress.signOut.path)) { request, context in
            try await begin(context, .signOut)
            return await signOut(FormText(request.uri.query ?? ""))
        }
        router.post(RouterPath(IdentityAddress.signOut.path)) { request, context in
            try await begin(context, .signOut)
            return await signOut(try await form(request))
        }
    }

    private func form(_ request: Request) async throws -> FormText? {
        let body = try await request.body.collect(upTo: Self.formBytesMax)
        return FormText(String(decoding: body.readableBytesView, as: UTF8.self))
    }

    private func begin(_ context: FarContext, _ address: IdentityAddress) async throws {
        let faults = provider.switches.now
        if faults.isDown { try context.breakOff() }
        provider.report.count(address.path)
        if faults.slowSeconds > 0 { try await Task.sleep(for: .seconds(faults.slowSeconds)) }
    }

    /// Answers a program, as far as the switches let it.
    private func answer(
        _ context: FarContext, _ address: IdentityAddress, _ deed: () async throws -> Said
    ) async throws -> Response {
        try await begin(context, address)
        let switches = provider.switches
        if switches.fires(.errorInside, at: address.path) {
            return SandboxAnswer.json(.record(["error": .text("server_error")]))
        }
        let said = try await deed()
        if switches.fires(.lostReply, at: address.path) { try context.breakOff() }
        let whole = CanonicalJSON.bytes(writing: said.value)
        let isCut = switches.fires(.invalidBody, at: address.path)
        let bytes = isCut ? Array(whole.prefix(max(1, whole.count / 2))) : whole
        return Response(
            status: .init(code: said.status),
            headers: [.contentType: "application/json; charset=utf-8", .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    private func note(_ findings: [IdentityFinding]) {
        for finding in findings { provider.report.note(finding.check, finding.isGood, finding.found) }
    }

    /// Somebody comes from the house: the page on which one picks who one is.
    private func ask(_ form: FormText?) async throws -> Response {
        guard let form else {
            note([IdentityFinding(.request, false, "no parameters, or one of them twice")])
            return pages.note("invalid_request", status: .badRequest)
        }
        let (read, findings) = SignInRequest.read(form, of: provider.client)
        note(findings)
        let isOwn = await provider.ledger.areOwn(form)
        note([
            IdentityFinding(.state, isOwn.state, "a state of another request"),
            IdentityFinding(.nonce, isOwn.nonce, "a nonce of another request"),
        ])
        switch read {
        case .failure(.stays(let word)): return pages.note("invalid_request: \(word)", status: .badRequest)
        case .failure(.goesBack(let redirect, let state, let error)):
            return back(redirect, state, [("error", error)])
        case .success(let request):
            return pages.signIn(
                request, named: await provider.ledger.wait(request), people: await provider.ledger.everybody,
                words: provider.levels)
        }
    }

    private func back(_ redirect: String, _ state: String?, _ pairs: [(String, String?)]) -> Response {
        let all = pairs + [("iss", provider.words.issuer)]
        return Response(status: .seeOther, headers: [.location: SignInRequest.back(redirect, state: state, all)])
    }

    /// Somebody has picked who she is, or said no.
    private func choose(_ form: FormText?) async throws -> Response {
        guard let form, let request = await provider.ledger.take(form["request"] ?? "") else {
            return pages.note("unknown request", status: .badRequest)
        }
        guard form["deed"] == "in" else {
            return back(request.redirect, request.state, [("error", "access_denied")])
        }
        let level = form["level"].flatMap(AssuranceLevel.init)
        guard let code = await provider.ledger.admit(form["sub"] ?? "", at: level, for: request) else {
            return pages.note("nobody was picked", status: .badRequest)
        }
        return back(request.redirect, request.state, [("code", code)])
    }

    /// The house brings a code.
    private func token(_ form: FormText?, _ head: String?) async throws -> Said {
        let isProven = provider.client.isProven(by: head)
        note([IdentityFinding(.client, isProven, head == nil ? "no Authorization" : "another name or secret")])
        guard isProven else { return .error("invalid_client", 401) }
        guard let form, form["grant_type"] == "authorization_code", let code = form["code"] else {
            note([IdentityFinding(.request, false, "a token is asked for without a code")])
            return .error("invalid_request")
        }
        let redeemed = await provider.ledger.redeem(code)
        guard case .grant(let grant) = redeemed else {
            note([IdentityFinding(.codeOnce, false, "\(redeemed)")])
            return .error("invalid_grant")
        }
        let (address, verifier) = (form["redirect_uri"], form["code_verifier"])
        let (isSame, isVerified) = (address == grant.request.redirect, grant.request.isVerified(by: verifier))
        note([
            IdentityFinding(.codeOnce, true, ""), IdentityFinding(.redirect, isSame, "at /token \(address ?? "none")"),
            IdentityFinding(.pkce, isVerified, "a verifier of \(verifier?.count ?? 0) characters that does not fit"),
        ])
        guard isSame, isVerified else { return .error("invalid_grant") }
        return Said(value: try await tokens(grant))
    }

    private func tokens(_ grant: IdentityGrant) async throws -> JSONValue {
        let wrong = wrong([.wrongSignature, .clockOff, .wrongNonce, .wrongAudience, .lowerLevel], .token)
        let claims = provider.words.idToken(grant, at: provider.time.now(), wrong)
        let token = try await provider.key.sign(claims, wrongly: wrong.faults.contains(.wrongSignature))
        return .record([
            "access_token": .text(await provider.ledger.begin(grant)), "token_type": .text("Bearer"),
            "expires_in": .number(IdentityWords.tokenSeconds), "id_token": .text(token),
            "scope": .text(grant.request.asked.sorted().joined(separator: " ")),
        ])
    }

    /// Which of these go wrong this time; the number does where it is said.
    private func wrong(_ faults: [IdentityFault], _ address: IdentityAddress) -> IdentityWords.Wrong {
        let isSaid = provider.words.keepsParticulars == (address == .userInfo)
        let fired = (faults + (isSaid ? [.otherNumber] : []))
            .filter { provider.switches.fires($0, at: address.path) }
        return IdentityWords.Wrong(
            faults: Set(fired), clockOffSeconds: provider.switches.now.clockOffSeconds)
    }

    private func userInfo(_ head: String?) async -> Said {
        let token = head.flatMap { $0.hasPrefix("Bearer ") ? String($0.dropFirst(7)) : nil }
        let grant = await provider.ledger.grant(of: token ?? "")
        note([IdentityFinding(.bearer, grant != nil, token == nil ? "no token" : "another token, or too late")])
        guard let grant else { return .error("invalid_token", 401) }
        return Said(value: .record(provider.words.userInfo(grant, wrong([], .userInfo))))
    }

    /// Somebody signed out at the house (OpenID Connect RP-Initiated Logout section 2).
    private func signOut(_ form: FormText?) async -> Response {
        let claims = await provider.key.claims(of: form?["id_token_hint"] ?? "")
        let isHers = claims?["aud"]?.text == provider.client.id
        let address = form?["post_logout_redirect_uri"]
        let isOurs = address.map(provider.client.places.signedOut.contains) ?? true
        note([
            IdentityFinding(.hint, isHers, form?["id_token_hint"] == nil ? "no id_token_hint" : "another's token"),
            IdentityFinding(.signedOut, isOurs, "post_logout_redirect_uri \(address ?? "")"),
        ])
        guard isHers, isOurs else { return pages.note("invalid_request", status: .badRequest) }
        _ = await provider.ledger.end(claims?["sid"]?.text ?? "", as: "at the house")
        guard let address else { return pages.note("signed out", status: .ok) }
        return Response(
            status: .seeOther, headers: [.location: FormText.address(address, [("state", form?["state"])])])
    }
}
