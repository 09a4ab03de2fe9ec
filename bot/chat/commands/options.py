"""What readers may type into the options of several commands. Discord itself refuses longer texts."""

from discord.app_commands import Range

from bot.chat.lookup import TYPED_MOST

#: What a command's extras say that is for organizers in a group for everybody: Discord itself shows whole groups alike.
FOR_ORGANIZERS = "for organizers"
#: The same of what the chairs of sessions may use beside them.
FOR_CHAIRS = "for chairs"
#: The same of what the conduct committee uses, organizers or not.
FOR_COMMITTEE = "for the committee"
#: A name or title.
Name = Range[str, 1, 100]
#: Words that filter a list, as much as a title that is pasted: as many as fit stand in a button.
Words = Range[str, 1, 200]
#: A question that stands alone in a button.
Question = Range[str, 1, TYPED_MOST]
