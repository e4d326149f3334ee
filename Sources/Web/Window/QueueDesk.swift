import Accounts
import Catalogue
import Delivery
import Hall
import Hummingbird
import Vocabulary
import Windows

/// `/window/queue`: where one sits, who is called, who waits. Each deed has a key.
struct QueueDesk {
    let site: Site

    func get(_ request: Request, _ context: SeatContext) async throws -> Response {
        try await show(context, refused: nil)
    }

    /// `POST /window/queue/{deed}`: one deed of the queue.
    func post(_ request: Request, _ context: SeatContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        guard let attempt = Attempt(form: form["token"]) else { throw DoorRefusal.malformedForm }
        let deed = try deed(try context.parameters.require("deed"), form)
        return try await doing(context) {
            _ = try await site.hall.queue(deed, by: context.guest, attempt: attempt)
            guard deed == .start, let window = try await site.hall.seat(of: context.guest)?.window else { return nil }
            // Whoever receives goes on with the intake at once.
            return window.capabilities.contains { $0.power == .receive } ? Paths.queue + "/applicant" : nil
        }
    }

    private func deed(_ name: String, _ form: PostedForm) throws -> Hall.WindowDeed {
        switch name {
        case "call": return .next
        case "recall": return .recall
        case "start": return .start
        case "passing": return .pass
        case "interruption": return .interrupt
        case "finish": return .finish
        case "resumption":
            guard let id = TicketID(form["ticket"]) else { throw DoorRefusal.malformedForm }
            return .resume(id)
        case "transfer":
            // `issuing`, or `issuing 5` for a certain window.
            let parts = form["to"].split(separator: " ").map(String.init)
            guard let need = parts.first.flatMap(Capability.init), parts.count <= 2 else {
                throw DoorRefusal.malformedForm
            }
            return .transfer(need, to: parts.count == 2 ? Int(parts[1]) : nil)
        default: throw DoorRefusal.noSuchPage
        }
    }

    /// `POST /window/seat`: opens a window.
    func open(_ request: Request, _ context: SeatContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        let parts = form["window"].split(separator: " ").map(String.init)
        guard parts.count == 2, let hall = HallCode(parts[0]), let number = Int(parts[1]) else {
            throw DoorRefusal.malformedForm
        }
        return try await doing(context) {
            try await site.hall.openWindow(number, of: hall, by: context.guest)
            return nil
        }
    }

    /// `POST /window/seat/pause`: leaves the window for a while, or goes on.
    func pause(_ request: Request, _ context: SeatContext) async throws -> Response {
        let reason: PauseReason? = try await PostedForm(request, context).ifChosen("reason")
        return try await doing(context) {
            try await site.hall.pauseWindow(for: reason, by: context.guest)
            return nil
        }
    }

    /// `POST /window/seat/closing`: closes the window; one with originals that nobody has counted leads to the count.
    func close(_ request: Request, _ context: SeatContext) async throws -> Response {
        let isUncounted = try await PostedForm(request, context)["uncounted"] == "yes"
        return try await doing(context) {
            do {
                try await site.hall.closeWindow(isUncounted: isUncounted, by: context.guest)
                return nil
            } catch CustodyRefusal.uncounted {
                return Paths.originalsCount(.window) + "?closing=1"
            }
        }
    }

    /// `GET /window/queue/applicant`: to the intake of whoever stands at the window.
    func applicant(_ request: Request, _ context: SeatContext) async throws -> Response {
        let view = try await site.hall.seatView(of: context.guest)
        guard let view else { throw WindowRefusal.noSeat }
        guard view.current != nil else { throw QueueRefusal.otherWindow }
        return .seeOther("/window/intake?ticket=1")
    }

    /// Does it and leads to what follows, or to the queue again.
    private func doing(_ context: SeatContext, _ work: () async throws -> String?) async throws -> Response {
        do {
            return .seeOther(try await work() ?? Paths.queue)
        } catch let refusal as any Refusal where refusal is QueueRefusal || refusal is WindowRefusal {
            return try await show(context, refused: refusal)
        }
    }
}
