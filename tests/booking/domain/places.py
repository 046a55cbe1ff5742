"""Where the offices and firms of these tests lie: the minutes by car are those from Hameln."""

HAMELN = (52.1048, 9.3631)
EMMERTHAL = (52.06, 9.38)  # 10
STADTHAGEN = (52.3233, 9.2031)  # 35
HOLZMINDEN = (51.8280, 9.4455)  # 45
CLOPPENBURG = (52.8475, 8.0450)  # 160, farther than anybody drives
